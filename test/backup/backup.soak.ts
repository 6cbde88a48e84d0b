import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { readTables } from '#persistence';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { serviceNames, type DatabaseServiceName } from '#contracts';
import { backupOrder } from '../../tools/operate/backup/order.js';
import { writeBackup } from '../../tools/operate/backup/write-backup.js';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { makeTestFolder, removeTestFolder } from '../../tools/dev/system/test-folder.js';
import { caughtUp } from '../chaos/compare-copies.js';
import { compareStop } from '../chaos/compare-stops.js';
import { compare } from '../chaos/comparison.js';
import { owners } from '../chaos/databases.js';
import type { Acknowledged } from '../chaos/load.js';
import { World } from '../chaos/scenario.js';
import { ownDatabase, ownNats } from '../support/own-servers.js';
import { command, ended } from './commands.js';

const testMs = 600_000;
/** Long enough for many changes of every kind to be committed and applied. */
const pauseMs = 1_500;
/** Copies that do not equal their sources after this will not do so by themselves. */
const settledMs = 20_000;

let folder: string;
let dataDir: string;
let world: World | undefined;

beforeEach(() => {
  folder = makeTestFolder();
  dataDir = join(folder, 'data');
  mkdirSync(dataDir, { mode: 0o711 });
});
afterEach(async () => {
  await world?.stop();
  world = undefined;
  removeTestFolder(folder);
}, testMs);

interface Told {
  stopIds: string[];
  /** Acknowledged before the backup began, and after it was done. */
  earlier: Acknowledged[];
  later: Acknowledged[];
}

/** Load, a backup in the midst of it, more load; then everything is put back to the backup and started again. */
async function backUpUnderLoad(backUp: (world: World, target: string) => Promise<unknown>): Promise<Told> {
  const target = join(folder, 'backup');
  world = await World.start({ dataDir });
  const stopIds = await world.stops(2, 40);
  const load = world.load(stopIds);
  await load.more(60);
  const earlier = load.acknowledged.map((one) => ({ ...one }));
  await backUp(world, target);
  const done = load.acknowledged.length;
  await load.more(60);
  await load.stop();
  // What was under way when the backup was done may be in it or not.
  const later = load.acknowledged.slice(done + 10);
  await world.stop();
  world = undefined;
  const restored = await command('restore', [target, '--replace'], { DATA_DIR: dataDir });
  expect(restored).toEqual({ code: 0, output: expect.stringContaining('Restored') });
  world = await World.start({ dataDir });
  return { stopIds, earlier, later };
}

const running = (): World => {
  if (world === undefined) throw new Error('No system runs.');
  return world;
};

const inOrder = (order: readonly DatabaseServiceName[]) => (from: World, target: string) =>
  writeBackup(target, {
    urlOf: (service) => from.system.databaseUrl(service),
    order,
    between: () => sleep(pauseMs),
  });

it(
  'taken under load and put back, with the stream of the time that is undone, agrees with itself and goes on',
  async () => {
    const told = await backUpUnderLoad(async (from, target) => {
      const { code } = await command('backup', [target], { DATA_DIR: from.system.dataDir });
      expect(code).toBe(0);
    });
    const { databases, system } = running();
    const wrong = await caughtUp(databases);
    for (const stopId of told.stopIds) wrong.push(...(await compareStop(databases, system.url, stopId)));
    const rows = await databases.rows<{ id: string; seats: number }>(
      'registrations',
      'SELECT id, seats FROM registrations',
    );
    const seats = new Map(rows.map((row) => [row.id, row.seats]));
    wrong.push(
      ...told.earlier.filter((one) => seats.get(one.id) !== one.seats).map(({ id }) => `${id} is lost`),
      ...told.later.filter(({ id }) => seats.has(id)).map(({ id }) => `${id} came after the backup`),
    );
    expect(told.later.length).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
    const load = running().load(told.stopIds);
    await load.more(30);
    await load.stop();
    expect(await compare(databases, system.url, load)).toEqual([]);
  },
  testMs,
);

it(
  'agrees with itself also where seconds lie between its snapshots',
  async () => {
    await backUpUnderLoad(inOrder(backupOrder));
    expect(await caughtUp(running().databases)).toEqual([]);
  },
  testMs,
);

it(
  'would not, if sources came before those who copy them: the order is what holds it',
  async () => {
    await backUpUnderLoad(inOrder(backupOrder.toReversed()));
    const differing = await caughtUp(running().databases, settledMs);
    expect(differing).toEqual(
      expect.arrayContaining([expect.stringContaining('companies in registrations')]),
    );
  },
  testMs,
);

it(
  'is written and put back by the commands of the image as well, into databases of another installation',
  async () => {
    world = await World.start({ dataDir });
    const stopIds = await world.stops(1, 40);
    const load = world.load(stopIds);
    await load.more(20);
    await load.stop();
    const { system } = world;
    // Who is still running notes when keys were used last, and the rows are compared.
    for (const service of serviceNames) await system.halt(service);
    const target = join(folder, 'backup');
    const from = Object.fromEntries(owners.map((owner) => [setting(owner), system.databaseUrl(owner)]));
    expect(await inImage(['backup', target], from)).toEqual({
      code: 0,
      output: expect.stringContaining('registrations'),
    });
    const others = await Promise.all(owners.map(async (owner) => [owner, await ownDatabase(owner)] as const));
    const to = Object.fromEntries(others.map(([owner, { url }]) => [setting(owner), url]));
    const nats = await ownNats();
    const env = { ...to, NATS_URL: nats.url };
    const restored = await inImage(['restore', target], env);
    expect(restored).toEqual({ code: 0, output: expect.stringContaining('Now start') });
    for (const [owner, { url }] of others)
      expect(await told(url)).toEqual(await told(system.databaseUrl(owner)));
    expect(await inImage(['delete-stream'], env)).toEqual({ code: 0, output: 'There is no stream.\n' });
    await nats.stop();
    await Promise.all(others.map(([, { drop }]) => drop()));
  },
  testMs,
);

const setting = (owner: DatabaseServiceName) => `${owner.toUpperCase()}_DATABASE_URL`;

function inImage(words: string[], env: Record<string, string>) {
  return ended(join(projectRoot, 'dist', 'tools', 'container', 'entry.js'), words, env);
}

/** Every row of every table that a backup holds, outbox with its queue and inbox aside, which a restore makes anew. */
async function told(url: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = (await readTables(client)).filter(
      ({ name }) => !/^(outbox|outbox_queue|inbox|log_state)$/.test(name),
    );
    const rows: Record<string, unknown> = {};
    for (const { name } of tables)
      rows[name] = (await client.query(`SELECT * FROM ${name} AS one ORDER BY one::text`)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
