import pg from 'pg';

const connectTimeoutMs = 2_500;

/** Work that one process at a time does, however many run. */
export class AdvisoryLocks {
  constructor(private readonly address: { url: string; name: string }) {}

  /**
   * Does the work under a lock, unless another process does it now. The lock is held by a connection of its own, outside
   * of the pool: work that takes connections while it holds one of the pool could wait for itself. A process that dies
   * loses its connection and with it the lock.
   * @param name of the work, the same in all processes
   * @returns undefined where another process does the work
   */
  async withAdvisoryLock<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
    const client = await this.connect();
    try {
      const { rows } = await client.query<{ got: boolean }>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS got',
        [`one at a time: ${name}`],
      );
      return rows[0]?.got === true ? await work() : undefined;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.address.url,
      application_name: this.address.name,
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
    });
    // A connection that breaks during the work gives up the lock; the work itself goes on, on other connections.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
}
