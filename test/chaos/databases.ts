import pg from 'pg';
import { databaseServiceNames, forEachDatabaseService, type DatabaseServiceName } from '#contracts';
import type { RunningSystem } from '../support/system.js';

/** The services with a database. */
export const owners = databaseServiceNames;
export type Owner = DatabaseServiceName;

/** Reads the databases of a system from outside, also while its services are away. */
export class Databases {
  private readonly pools: Record<Owner, pg.Pool>;

  constructor(system: RunningSystem) {
    this.pools = forEachDatabaseService((name) => poolOf(system.databaseUrl(name)));
  }

  async rows<Row extends object>(owner: Owner, text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.pools[owner].query<Row>(text, values)).rows;
  }

  /** One connection for oneself, to hold a lock with. */
  connect(owner: Owner): Promise<pg.PoolClient> {
    return this.pools[owner].connect();
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.pools).map((pool) => pool.end()));
  }
}

function poolOf(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 2 });
  // The server is killed in some tests; the next query reports it.
  pool.on('error', () => undefined);
  return pool;
}
