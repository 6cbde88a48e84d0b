import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { World } from './scenario.js';

const testMs = 300_000;
/** Mounting is the right of root alone; elsewhere these tests say that they were skipped. */
const asRoot = process.getuid?.() === 0 ? it : it.skip;
let dataDir: string;
let mounted: string[] = [];
let world: World | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'waystop-disk-'));
  chmodSync(dataDir, 0o711);
});
afterEach(async () => {
  await world?.stop();
  for (const folder of mounted) spawnSync('umount', ['-l', folder]);
  mounted = [];
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

/** A disk of its own for one folder. */
function smallDisk(folder: string, size: string): string {
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${size},mode=711`,
    'tmpfs',
    folder,
  ]);
  if (status !== 0) throw new Error(`No tmpfs: ${String(stderr)}`);
  mounted.push(folder);
  return folder;
}

/** Takes all that is left of a disk, as another program's log would. @returns gives it back */
function fill(folder: string): () => void {
  const file = join(folder, 'filler');
  const left = statfsSync(folder);
  const chunk = Buffer.alloc(4_096);
  writeFileSync(file, '');
  for (let block = 0; block < left.bavail; block += 1) {
    try {
      writeFileSync(file, chunk, { flag: 'a' });
    } catch {
      break;
    }
  }
  return () => {
    truncateSync(file, 0);
    rmSync(file);
  };
}

asRoot(
  'loses nothing when the disk of the broker is full',
  async () => {
    const disk = smallDisk(join(dataDir, 'nats'), '64m');
    world = await World.start({ dataDir });
    const { system } = world;
    const stopIds = await world.stops(2, 40);
    const load = world.load(stopIds);
    const wrong = await world.survive("the broker's disk is full", load, async () => {
      const [hung] = system.pids('nats');
      const free = fill(disk);
      // nats-server 2.9.10 then hangs for good, while it says that it is well; npm start sees it and kills it.
      while (system.pids('nats')[0] === hung) await sleep(20);
      free();
      return 'nats-server hung, was found out and killed by npm start';
    });
    expect(wrong).toEqual([]);
  },
  testMs,
);

asRoot(
  'refuses while the disk of PostgreSQL is full, and goes on when there is room',
  async () => {
    // The data are made on a usual disk first: a folder that is there already is taken for data.
    await (await World.start({ dataDir })).stop();
    const [data, elsewhere] = [join(dataDir, 'postgres'), join(dataDir, 'moved')];
    renameSync(data, elsewhere);
    smallDisk(data, '200m');
    spawnSync('cp', ['-a', `${elsewhere}/.`, data]);
    world = await World.start({ dataDir });
    const stopIds = await world.stops(2, 40);
    const load = world.load(stopIds);
    const wrong = await world.survive("PostgreSQL's disk is full", load, async () => {
      const free = fill(data);
      const before = load.refusalsMs.length;
      while (load.refusalsMs.length < before + 20) await sleep(20);
      free();
    });
    expect(wrong).toEqual([]);
  },
  testMs,
);
