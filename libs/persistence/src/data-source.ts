import pg from 'pg';
import { DataSource } from 'typeorm';
import { AuditUsers1760000000500 } from './migrations/1760000000500-audit-users.js';
import { CreateWriteTables1760000000000 } from './migrations/1760000000000-create-write-tables.js';
import { unreadableTables } from './grants.js';
import { pooledClient } from './sql/pooled-client.js';
import { writeTables } from './write-tables.entity.js';

/** An arbitrary number that migrations and restores lock, so that two started at once go one after the other. */
export const migrationLock = 7_246_110;

/** Which database, and how it is worked with. */
export interface DatabaseAddress {
  url: string;
  /** Shown in pg_stat_activity. */
  name: string;
  /** Connections of this process at most. */
  poolSize?: number;
  /** For migrations and restores, whose statements take as long as they need and go one after the other. */
  maintenance?: boolean;
}

export interface DatabaseOptions extends DatabaseAddress {
  entities?: readonly (new () => unknown)[];
  migrations?: (new () => { up: never; down: never })[] | unknown[];
}

/** Statements longer than this are a bug or a stuck transaction; better an error than a frozen service. */
const statementTimeoutMs = 10_000;
/** The same from this side: a server that hangs, or a network that swallows, times nothing out by itself. */
const queryTimeoutMs = 12_000;
const lockTimeoutMs = 5_000;
const idleInTransactionTimeoutMs = 15_000;
/** How long a request waits for a free connection before it is refused. */
const acquireTimeoutMs = 2_500;
/** How long a migration or a restore waits for its connection: on a loaded machine seconds are soon over. */
const maintenanceConnectMs = 30_000;
const waitMs = 500;

/**
 * Opens the connections and waits until the schema is migrated: a service never migrates at its start,
 * since replicas would race.
 */
export async function waitForDatabase(
  dataSource: DataSource,
  onWaiting: (reason: string) => void,
): Promise<void> {
  for (;;) {
    const reason = await notReadyBecause(dataSource).catch((error: unknown) => String(error));
    if (reason === undefined) return;
    onWaiting(reason);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

async function notReadyBecause(dataSource: DataSource): Promise<string | undefined> {
  if (!dataSource.isInitialized) await dataSource.initialize();
  if (await dataSource.showMigrations()) return 'migrations are missing: run the migrate command';
  const closed = await unreadableTables(dataSource);
  return closed.length === 0 ? undefined : `no right to read ${closed.join(', ')}: run the migrate command`;
}

/** A TypeORM data source on one service's own database. The schema changes by migrations alone. */
export function createDataSource(options: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    driver: pg,
    url: options.url,
    applicationName: options.name,
    entities: [...writeTables, ...(options.entities ?? [])],
    migrations: [
      CreateWriteTables1760000000000,
      AuditUsers1760000000500,
      ...(options.migrations ?? []),
    ] as never,
    migrationsTableName: 'migrations',
    synchronize: false,
    logging: false,
    connectTimeoutMS: options.maintenance === true ? maintenanceConnectMs : acquireTimeoutMs,
    extra: {
      max: options.poolSize ?? 10,
      keepAlive: true,
      // A statement that waits for a lock holds up all that come later, so none waits for long, not even a migration.
      lock_timeout: lockTimeoutMs,
      Client: pooledClient({ spans: options.maintenance !== true }),
      ...(options.maintenance === true ? {} : serving),
    },
  });
}

/**
 * What TypeORM's own command line takes: an app's `data-source.ts` exports it as its default, for the database that
 * DATABASE_URL names, as in `npm run typeorm -- migration:show -d apps/stops/src/data-source.ts`. No service uses it.
 */
export function commandLineDataSource(dataSource: (address: DatabaseAddress) => DataSource): DataSource {
  return dataSource({
    url: process.env['DATABASE_URL'] ?? '',
    name: 'typeorm',
    poolSize: 2,
    maintenance: true,
  });
}

/** How requests are served: in time, and with statements that do not wait for each other's answers on one way. */
const serving = {
  statement_timeout: statementTimeoutMs,
  query_timeout: queryTimeoutMs,
  idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
  pipeline: true,
};
