import { resolve } from 'node:path';
import { reportFailure } from '../commands/report-failure.js';
import { migrateAll } from '../commands/npm-migrate.js';
import { withServersAlone } from '../commands/servers-alone.js';
import { createRolesAndDatabases, rolesOf } from '../../dev/system/database-roles.js';
import type { ServiceSettings } from '../../dev/system/services.js';
import { dropStream } from './drop-stream.js';
import { linesOf } from './lines-of.js';
import { backupOrder } from './order.js';
import { restoreArguments } from './restore-arguments.js';
import { restoreBackup } from './restore-backup.js';

/** `npm run restore -- FOLDER [--replace]`. @returns the exit code */
export async function npmRestore(args: string[]): Promise<number> {
  try {
    const { folder, replace } = restoreArguments(args);
    await withServersAlone(({ settings }) => restoreInto(settings, resolve(folder), replace));
    return 0;
  } catch (error) {
    return reportFailure(error);
  }
}

async function restoreInto(settings: ServiceSettings, folder: string, replace: boolean): Promise<void> {
  const { databaseUrl, rolesSecret, natsUrl, natsSeeds } = settings;
  await createRolesAndDatabases(databaseUrl, backupOrder, rolesSecret);
  const manifest = await restoreBackup(folder, {
    urlOf: (service) => rolesOf(databaseUrl, service, rolesSecret).owner.url,
    replace,
    deleteStream: async () => void (await dropStream(natsUrl, natsSeeds.operator)),
  });
  // What this version adds to the tables, and what the services may do with them.
  await migrateAll(settings);
  process.stdout.write(`Restored from ${folder}:\n${linesOf(manifest)}Now start the services.\n`);
}
