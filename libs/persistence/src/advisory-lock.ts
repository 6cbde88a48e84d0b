import type { DataSource } from 'typeorm';

/**
 * Does work that one process shall do at a time, however many run. The lock ends with its connection, so a process that
 * dies holds nobody up; the work itself runs on other connections.
 * @param name of the work, which the processes agree on
 * @returns undefined where another process is at it
 */
export async function withAdvisoryLock<T>(
  dataSource: DataSource,
  name: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  return dataSource.transaction(async (manager) => {
    const [lock] = (await manager.query('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS got', [
      `one at a time: ${name}`,
    ])) as { got: boolean }[];
    return lock?.got === true ? work() : undefined;
  });
}
