import type { DataSource } from 'typeorm';
import type { DataOf, EventContract } from '#contracts';
import type { Reader } from '../database.js';
import { PendingRecords } from '../pending-records.js';
import { publishAgain } from './stream-checkpoint.js';

/** The present state of one aggregate. */
export interface AggregateState<Data = unknown> {
  id: string;
  state: Data;
}

/** A kind of aggregate whose present states can be replayed. Each service lists its own in `service.ts`. */
export interface Replayable {
  contract: EventContract;
  /** The table with one row an aggregate, and in it the column of the aggregate's id, a UUID. */
  table: string;
  column: string;
  /** The present states of aggregates; one without a state to publish is left out. */
  readStates: (manager: Reader, ids: string[]) => Promise<AggregateState[]>;
}

/** Ties the states to the contract's type. */
export function replayable<C extends EventContract>(
  contract: C,
  from: { table: string; column?: string },
  readStates: (manager: Reader, ids: string[]) => Promise<AggregateState<DataOf<C>>[]>,
): Replayable {
  return { contract, table: from.table, column: from.column ?? 'id', readStates };
}

/** Aggregates replayed in one transaction. */
const batchSize = 500;

/**
 * Publishes present states once more: as new events, with new ids, through the outbox; the running services
 * publish them within a second. The states keep their versions, so a consumer that has a state already ignores it, and one that
 * lacks it, for whatever reason, gets it.
 * @returns how many events were written
 */
export async function replayStates(
  dataSource: DataSource,
  replayables: readonly Replayable[],
  onlyId?: string,
): Promise<number> {
  let total = 0;
  for (const one of replayables) {
    let afterId: string | null = null;
    for (;;) {
      const ids: string[] = await readIds(dataSource, one, { afterId, onlyId });
      total += await replayPage(dataSource, one, ids);
      afterId = ids.at(-1) ?? null;
      if (ids.length < batchSize) break;
    }
  }
  return total;
}

async function readIds(
  dataSource: DataSource,
  { table, column }: Replayable,
  page: { afterId: string | null; onlyId: string | undefined },
): Promise<string[]> {
  const rows = (await dataSource.query(
    `SELECT ${column} AS id FROM ${table}
      WHERE ($1::uuid IS NULL OR ${column} > $1) AND ($2::text IS NULL OR ${column}::text = $2)
      ORDER BY ${column} LIMIT ${batchSize}`,
    [page.afterId, page.onlyId ?? null],
  )) as { id: string }[];
  return rows.map((row) => row.id);
}

function replayPage(dataSource: DataSource, one: Replayable, ids: string[]): Promise<number> {
  return dataSource.transaction(async (manager) => {
    const states = ids.length === 0 ? [] : await one.readStates(manager, ids);
    const recorded = new PendingRecords();
    for (const { id, state } of states)
      recorded.emit(one.contract, id, state as never, undefined, { replayed: true });
    await recorded.flush(manager);
    return states.length;
  });
}

/**
 * Publishes again what the outbox published since a time, under the same ids: who applied an event ignores it.
 * For a stream that lost a part and could not tell.
 * @returns how many events go out again
 */
export function replayOutbox(dataSource: DataSource, from: Date): Promise<number> {
  return publishAgain(dataSource.manager, { from, before: new Date() });
}
