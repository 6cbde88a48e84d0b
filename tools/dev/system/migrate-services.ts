import type { DatabaseServiceName } from '#contracts';
import { runMigrations } from '#service';
import type { MigrationSettings } from './databases.js';
import { loadService } from './load-service.js';

/**
 * Runs the command `migrate` of several services in one process, since loading a migration's modules takes longer than
 * running it.
 */
const settings = JSON.parse(process.env['MIGRATIONS'] ?? '{}') as Record<
  DatabaseServiceName,
  MigrationSettings
>;
for (const [name, environment] of Object.entries(settings)) {
  const { database } = await loadService(name as DatabaseServiceName);
  await runMigrations(database, { ...environment });
  if (process.exitCode !== undefined && process.exitCode !== 0) {
    process.stderr.write(`The tables of ${name} could not be migrated.\n`);
    break;
  }
}
