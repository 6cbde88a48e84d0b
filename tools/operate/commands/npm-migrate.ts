import { databaseServiceNames } from '#contracts';
import { createRolesAndDatabases } from '../../dev/system/database-roles.js';
import { migrate } from '../../dev/system/databases.js';
import { migrationsOf, type ServiceSettings } from '../../dev/system/services.js';
import { reportFailure } from './report-failure.js';
import { withServersAlone } from './servers-alone.js';

/** `npm run migrate`: what `npm start` does before it starts services, and no more. @returns the exit code */
export async function npmMigrate(): Promise<number> {
  try {
    await withServersAlone(async ({ settings }) => {
      await createRolesAndDatabases(settings.databaseUrl, databaseServiceNames, settings.rolesSecret);
      await migrateAll(settings);
    });
    process.stdout.write('The tables of all services are those of this version.\n');
    return 0;
  } catch (error) {
    return reportFailure(error);
  }
}

/** Brings the tables of every service to this version, and gives the services their rights. */
export async function migrateAll(settings: ServiceSettings): Promise<void> {
  const { signal } = new AbortController();
  await migrate(migrationsOf(databaseServiceNames, settings), signal);
}
