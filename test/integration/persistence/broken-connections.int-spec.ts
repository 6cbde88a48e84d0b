import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { createDataSource, isOutage } from '#persistence';
import type { DataSource } from '#service';
import { ownDatabase } from '../../support/own-servers.js';

/** The way on which TypeORM takes a connection: it listens to its errors only when it has it. */
interface Driver {
  obtainMasterConnection(): Promise<[client: pg.PoolClient, release: (error?: Error) => void]>;
}

describe('a connection of the pool', () => {
  let database: Awaited<ReturnType<typeof ownDatabase>>;
  let source: DataSource;

  beforeAll(async () => {
    database = await ownDatabase('broken_connections');
    source = createDataSource({ url: database.url, name: 'broken', poolSize: 2, maintenance: true });
    await source.initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('may break while it changes hands, when nobody listens', async () => {
    const [client, release] = await (source.driver as unknown as Driver).obtainMasterConnection();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');

    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    await source.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await ended;

    const refused: unknown = await client.query('SELECT 1').catch((error: unknown) => error);
    expect(isOutage(refused)).toBe(true);
    release();
    expect(await source.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});
