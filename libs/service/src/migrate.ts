import { z } from 'zod';
import { grantTables, migrationLock } from '#persistence';
import { databaseSettings, readConfigOrExit } from './config.js';
import type { ServiceDatabase } from './definition.js';

/** Settings of the command `migrate`. Its address is that of the role that owns the tables. */
export const migrationSettings = {
  DATABASE_URL: databaseSettings.DATABASE_URL,
  /** The role of the running service, which gets what it needs and no more; left out where one role does both. */
  DATABASE_APP_ROLE: z.string().min(1).max(63).optional(),
};

/**
 * The command `migrate`: brings one service's tables to this version; each migration in its own transaction, so a kill
 * leaves no half.
 */
export async function runMigrations(
  { dataSource, grants }: ServiceDatabase,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const config = readConfigOrExit(migrationSettings, environment);
  const source = dataSource({ url: config.DATABASE_URL, name: 'migrate', poolSize: 2, maintenance: true });
  try {
    await source.initialize();
    const guard = source.createQueryRunner();
    await guard.query('SET lock_timeout = 0');
    await guard.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const done = await source.runMigrations({ transaction: 'each' });
    for (const migration of done) process.stdout.write(`migrated ${migration.name}\n`);
    if (config.DATABASE_APP_ROLE !== undefined) await grantTables(source, config.DATABASE_APP_ROLE, grants);
    await guard.release();
  } catch (error) {
    process.stderr.write(`The migration failed: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}
