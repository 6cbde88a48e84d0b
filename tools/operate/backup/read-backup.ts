import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { manifestFile, manifestSchema, sha256Of, type Manifest, type TableBackup } from '#persistence';
import { CannotRun } from '../commands/command-error.js';
import { backupOrder } from './order.js';

/**
 * Reads what a backup says of itself, and every file of it once, so that a damaged one is found before anything is touched.
 * @throws CannotRun naming every fault
 */
export async function readBackup(folder: string): Promise<Manifest> {
  const manifest = readManifest(folder);
  const faults: string[] = [];
  for (const { tables } of manifest.databases) {
    for (const table of tables) faults.push(...(await faultsOf(folder, table)));
  }
  if (faults.length > 0)
    throw new CannotRun(`The backup is damaged: ${faults.join(', ')}. Take another one.`);
  return manifest;
}

function readManifest(folder: string): Manifest {
  const file = join(folder, manifestFile);
  if (!existsSync(file)) {
    const unfinished = folder.endsWith('.partial') ? ' It was never finished.' : '';
    throw new CannotRun(`${folder} is no backup: it holds no ${manifestFile}.${unfinished}`);
  }
  const parsed = manifestSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path }) => path.join('.') || 'no JSON').join(', ');
    throw new CannotRun(
      `${file} is damaged, or written by a version that this one does not know: ${places}.`,
    );
  }
  const held = parsed.data.databases.map(({ service }) => service);
  if (held.toSorted().join() === backupOrder.toSorted().join()) return parsed.data;
  throw new CannotRun(`${file} is of ${held.join(', ')}; a backup is of ${backupOrder.join(', ')}.`);
}

async function faultsOf(folder: string, { file, bytes, sha256 }: TableBackup): Promise<string[]> {
  const path = join(folder, file);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [`${file} is missing`];
  if (found.size !== bytes) return [`${file} has ${found.size} bytes instead of ${bytes}`];
  return (await sha256Of(path)) === sha256 ? [] : [`${file} is not what was written`];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
