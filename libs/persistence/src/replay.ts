import type { DataSource, EntityManager } from 'typeorm';
import type { DataOf, EventContract } from '#contracts';
import { RecordedChanges } from './recorded-changes.js';
import { publishAgain } from './stream-memory.js';

/** The present state of one aggregate. */
export interface AggregateState<Data = unknown> {
  id: string;
  state: Data;
}

/** Which aggregates to read: one by its id, or the next ones after an id (`null` for the first page), in the order of ids. */
export type ReplayPage = { id: string } | { afterId: string | null; limit: number };

/** A kind of aggregates whose present states can be told again. Each service lists its own in `ops.ts`. */
export interface Replayable {
  contract: EventContract;
  readStates: (manager: EntityManager, page: ReplayPage) => Promise<AggregateState[]>;
}

/** Ties the states to the contract's type. */
export function replayable<C extends EventContract>(
  contract: C,
  readStates: (manager: EntityManager, page: ReplayPage) => Promise<AggregateState<DataOf<C>>[]>,
): Replayable {
  return { contract, readStates };
}

/**
 * The condition and the parameters of a page, for `SELECT … WHERE ${where} ORDER BY id LIMIT $2`.
 * @param column the column of the id
 */
export function pageCondition(
  page: ReplayPage,
  column = 'id',
): { where: string; parameters: [string | null, number] } {
  if ('id' in page) return { where: `${column}::text = $1::text`, parameters: [page.id, 1] };
  return { where: `($1::uuid IS NULL OR ${column} > $1::uuid)`, parameters: [page.afterId, page.limit] };
}

/** Aggregates told again in one transaction. */
const batchSize = 500;

/**
 * Tells the neighbours present states once more: as new events, with new ids, through the outbox; the running services
 * publish them within a second. The states keep their versions, so whoever has a state already ignores it, and whoever
 * lacks it, for whatever reason, gets it.
 * @returns how many events were written
 */
export async function replayStates(
  dataSource: DataSource,
  replayables: Replayable[],
  onlyId?: string,
): Promise<number> {
  let total = 0;
  for (const one of replayables) {
    let page: ReplayPage = onlyId === undefined ? { afterId: null, limit: batchSize } : { id: onlyId };
    for (;;) {
      const states = await replayPage(dataSource, one, page);
      total += states.length;
      const last = states.at(-1);
      if (last === undefined || states.length < batchSize || 'id' in page) break;
      page = { afterId: last.id, limit: batchSize };
    }
  }
  return total;
}

function replayPage(dataSource: DataSource, one: Replayable, page: ReplayPage): Promise<AggregateState[]> {
  return dataSource.transaction(async (manager) => {
    const states = await one.readStates(manager, page);
    const recorded = new RecordedChanges();
    for (const { id, state } of states) recorded.emit(one.contract, id, state as never);
    await recorded.flush(manager);
    return states;
  });
}

/**
 * Publishes again what the outbox published since a time, under the same ids: who applied an event ignores it.
 * For a stream that lost a part and could not tell.
 * @returns how many events go out again
 */
export async function replayOutbox(dataSource: DataSource, from: Date): Promise<number> {
  const before = new Date();
  let total = 0;
  for (;;) {
    const count = await publishAgain(dataSource.manager, { from, before });
    if (count === 0) return total;
    total += count;
  }
}
