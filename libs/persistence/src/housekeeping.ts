import type { DataSource } from 'typeorm';
import { idempotencyHours } from './idempotency.js';

/** How long published events are kept, in days: longer than the stream's seven, so that a lost stream can be filled again. */
export const outboxDays = 8;
/**
 * How long the inbox remembers an applied event, in days. An event may be published again until its outbox row goes,
 * and then stays in the stream for seven days; after that it can't come back.
 */
export const inboxDays = 16;
/** One hour more than answers are repeated for, so that none goes while it is looked up. */
const answerHours = idempotencyHours + 1;

/** Rows deleted by one statement; small, so that nobody waits for long and replication keeps up. */
const batchSize = 5_000;
/** Batches of one table in one go at most; the rest waits for the next go. */
const maxBatchesPerRun = 200;
/** Keeps replicas from doing the same work side by side; an arbitrary number. */
const housekeepingLock = 7_246_113;

/** What goes and when. The audit is never pruned: it is append-only. Dead letters stay until somebody decides. */
const prunings = [
  {
    table: 'outbox',
    key: 'id',
    where: `published_at < now() - interval '${outboxDays} days'
              AND NOT EXISTS (SELECT FROM outbox_queue WHERE event_id = id)`,
  },
  { table: 'inbox', key: 'ctid', where: `received_at < now() - interval '${inboxDays} days'` },
  { table: 'idempotency', key: 'ctid', where: `created_at < now() - interval '${answerHours} hours'` },
] as const;

export type PrunedTable = (typeof prunings)[number]['table'];

/** Deletes what is too old, in batches; one process at a time, however many run. */
export async function prune(
  dataSource: DataSource,
  onPruned: (table: PrunedTable, rows: number) => void,
): Promise<void> {
  for (const pruning of prunings) {
    for (let batch = 0; batch < maxBatchesPerRun; batch += 1) {
      const rows = await pruneBatch(dataSource, pruning);
      if (rows > 0) onPruned(pruning.table, rows);
      if (rows < batchSize) break;
    }
  }
}

async function pruneBatch(dataSource: DataSource, pruning: (typeof prunings)[number]): Promise<number> {
  const { table, key, where } = pruning;
  return dataSource.transaction(async (manager) => {
    const [lock] = (await manager.query('SELECT pg_try_advisory_xact_lock($1) AS got', [
      housekeepingLock,
    ])) as { got: boolean }[];
    if (lock?.got !== true) return 0;
    const [, count] = (await manager.query(
      `DELETE FROM ${table} WHERE ${key} = ANY (ARRAY(SELECT ${key} FROM ${table} WHERE ${where} LIMIT ${batchSize}))`,
    )) as [unknown, number];
    return count;
  });
}
