import type { DataSource } from 'typeorm';
import type { Database } from '../database.js';

/** The state of the outbox and the dead letters in one service's database. */
export interface OutboxStats {
  /** Events that wait for the stream. Counting stops at `countedAtMost`. */
  outboxWaiting: number;
  outboxOldestSeconds: number;
  deadLetters: number;
  /** Bytes on disk of the tables that grow with use, indexes included. */
  tableBytes: Record<string, number>;
}

/** A backlog beyond this is shown as this: an exact count of millions costs what the backlog needs. */
export const maxCounted = 100_000;

export async function readOutboxStats(dataSource: DataSource): Promise<OutboxStats> {
  const [row] = (await dataSource.query(
    `SELECT (SELECT count(*) FROM (SELECT 1 FROM outbox_queue LIMIT ${maxCounted}) AS waiting)::integer AS waiting,
            coalesce((SELECT extract(epoch FROM now() - created_at)
                        FROM (SELECT event_id FROM outbox_queue ORDER BY event_id LIMIT 1) AS first
                        JOIN outbox ON id = event_id), 0)::float8 AS oldest,
            (SELECT count(*) FROM dead_letters)::integer AS dead_letters,
            (SELECT json_object_agg(name, pg_total_relation_size(name::regclass))
               FROM unnest(ARRAY['outbox', 'outbox_queue', 'inbox', 'idempotency', 'audit', 'dead_letters']) AS name) AS bytes`,
  )) as { waiting: number; oldest: number; dead_letters: number; bytes: Record<string, number> }[];
  return {
    outboxWaiting: row?.waiting ?? 0,
    outboxOldestSeconds: Math.max(0, row?.oldest ?? 0),
    deadLetters: row?.dead_letters ?? 0,
    tableBytes: row?.bytes ?? {},
  };
}

/** For how long the oldest event has waited to be published; 0 where none waits. */
export async function readEventLagMs(database: Database): Promise<number> {
  const rows = (await database.query(
    `SELECT extract(epoch FROM clock_timestamp() - created_at)::float8 * 1000 AS lag FROM outbox
      WHERE id = (SELECT event_id FROM outbox_queue ORDER BY event_id LIMIT 1)`,
  )) as { lag: number }[];
  return Math.max(0, rows[0]?.lag ?? 0);
}

/** Connections of this process's pool, as the driver counts them. */
export interface PoolStats {
  busy: number;
  idle: number;
  /** Work that waits for a connection. */
  waiting: number;
}

export function readPoolStats(dataSource: DataSource): PoolStats {
  const pool = (dataSource.driver as { master?: PgPool }).master;
  if (pool === undefined) return { busy: 0, idle: 0, waiting: 0 };
  return { busy: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount };
}

interface PgPool {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}
