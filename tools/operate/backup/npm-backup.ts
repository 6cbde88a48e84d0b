import { resolve } from 'node:path';
import { CannotRun } from '../commands/command-error.js';
import { reportFailure } from '../commands/report-failure.js';
import { serverUrl } from '../commands/running-servers.js';
import { databaseUrlOf } from '../../dev/system/databases.js';
import { linesOf } from './lines-of.js';
import { writeBackup } from './write-backup.js';

/** `npm run backup -- FOLDER`. @returns the exit code */
export async function npmBackup(args: string[]): Promise<number> {
  try {
    const folder = resolve(oneFolder(args));
    const server = serverUrl(process.env);
    const manifest = await writeBackup(folder, { urlOf: (service) => databaseUrlOf(server, service) });
    process.stdout.write(`Wrote ${folder}:\n${linesOf(manifest)}`);
    return 0;
  } catch (error) {
    return reportFailure(error);
  }
}

/** @throws CannotRun for anything but one name */
export function oneFolder([folder, ...more]: readonly string[]): string {
  if (folder !== undefined && !folder.startsWith('-') && more.length === 0) return folder;
  throw new CannotRun('Say where to: backup FOLDER, a folder that is not there yet.');
}
