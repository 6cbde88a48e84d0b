import pg from 'pg';
import type { RunningSystem } from '../support/system.js';

export const owners = ['accounts', 'stops', 'registrations', 'sessions'] as const;
export type Owner = (typeof owners)[number];

/** Reads the four databases of a system from outside, also while its services are away. */
export class Databases {
  private readonly pools: Record<Owner, pg.Pool>;

  constructor(system: RunningSystem) {
    this.pools = {
      accounts: poolOf(system.databaseUrl('accounts')),
      stops: poolOf(system.databaseUrl('stops')),
      registrations: poolOf(system.databaseUrl('registrations')),
      sessions: poolOf(system.databaseUrl('sessions')),
    };
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
  // The server is killed in some tests; whoever asks next hears of it.
  pool.on('error', () => undefined);
  return pool;
}
