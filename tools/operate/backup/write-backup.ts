import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseServiceName } from '#contracts';
import { Snapshot, manifestFile, type DatabaseBackup, type Manifest } from '#persistence';
import { projectRoot } from '../../dev/system/project-root.js';
import { CannotRun } from '../commands/command-error.js';
import { backupOrder, type UrlOf } from './order.js';

export interface BackupOptions {
  readonly urlOf: UrlOf;
  /** Tests take another order, to show that this one matters. */
  readonly order?: readonly DatabaseServiceName[];
  /** Called between two snapshots; tests let time pass. */
  readonly between?: () => Promise<void>;
}

/**
 * Writes a backup of all databases of a running system to a new folder. The folder has its name once the backup
 * is whole; until then it ends in `.partial`.
 */
export async function writeBackup(folder: string, options: BackupOptions): Promise<Manifest> {
  if (existsSync(folder)) throw new CannotRun(`${folder} is there already. Name a new folder.`);
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  try {
    const startedAt = new Date().toISOString();
    const databases = await copyAll(partial, options);
    const manifest: Manifest = {
      format: 1,
      version: versionOfThis(),
      startedAt,
      endedAt: new Date().toISOString(),
      databases,
    };
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    writeFileSync(join(partial, manifestFile), text, { mode: 0o600, flush: true });
    renameSync(partial, folder);
    return manifest;
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}

/** First all snapshots, so that they lie some milliseconds apart; then what takes long. */
async function copyAll(folder: string, options: BackupOptions): Promise<DatabaseBackup[]> {
  const snapshots: Snapshot[] = [];
  try {
    for (const service of options.order ?? backupOrder) {
      if (snapshots.length > 0) await options.between?.();
      snapshots.push(await Snapshot.take(service, options.urlOf(service)));
    }
    const databases: DatabaseBackup[] = [];
    for (const snapshot of snapshots) databases.push(await snapshot.writeTo(folder));
    return databases;
  } finally {
    await Promise.all(snapshots.map((snapshot) => snapshot.end().catch(() => undefined)));
  }
}

function versionOfThis(): string {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
