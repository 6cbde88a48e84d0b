import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolder, pointerFile, stopOrphan } from './postgres-data.js';
import { commandOf, endsWithin, isAlive, signal } from './process-table.js';

const PREFIX = 'waystop-test-';

/** A folder for one run, named after the process that made it. Others may enter it, since PostgreSQL is another user. */
export function makeTestFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o711);
  return folder;
}

/** Removes the folder, and the database where it had to be put elsewhere. */
export function removeTestFolder(folder: string): void {
  if (existsSync(pointerFile(folder))) rmSync(dataFolder(folder), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}

/** Ends and removes what runs that were killed (SIGKILL) left behind. */
export async function sweepTestFolders(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const maker = Number(name.slice(PREFIX.length).split('-')[0]);
    if (!Number.isInteger(maker) || maker <= 0 || isAlive(maker)) continue;
    await sweep(join(tmpdir(), name));
  }
}

async function sweep(folder: string): Promise<void> {
  try {
    await stopOrphan(dataFolder(folder));
    await stopNats(folder);
    removeTestFolder(folder);
  } catch {
    // It belongs to somebody else on this machine, who will sweep it.
  }
}

async function stopNats(folder: string): Promise<void> {
  const file = join(folder, 'nats-server.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (pid <= 1 || !commandOf(pid).includes(folder)) return;
  signal(pid, 'SIGTERM');
  await endsWithin(pid, 5_000);
}
