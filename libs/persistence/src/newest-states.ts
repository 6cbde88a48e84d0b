import type { EventEnvelope } from '#contracts';
import { CommandQueue, allOrNone } from './command-queue.js';
import type { Transaction } from './database.js';
import type { UnitOfWork } from './unit-of-work.js';

/** Events that came one by one and are applied in one transaction at most. */
const maxTogether = 1_000;

/**
 * For copies whose rows only a newer version replaces: a second delivery changes nothing, so no inbox row has to say so.
 * Events that arrive together are applied in one transaction.
 * @param apply takes over states, of which no two belong to one aggregate; only a newer one may replace what is there
 */
export function applyingNewest<State extends { version: number }>(
  unitOfWork: UnitOfWork,
  apply: (manager: Transaction, states: State[]) => Promise<void>,
): (events: readonly EventEnvelope<State>[]) => Promise<void> {
  return batching((events: readonly EventEnvelope<State>[]) =>
    unitOfWork.transaction((manager) => apply(manager, newestStates(events))),
  );
}

/**
 * Has what arrives at the same time worked on together, all or none of it; what breaks is tried again one by one.
 * The consumer bounds how much waits here, and no event may be refused for want of room.
 */
export function batching<Item>(
  work: (items: readonly Item[]) => Promise<void>,
): (items: readonly Item[]) => Promise<void> {
  const queue = new CommandQueue<readonly Item[]>({
    decide: allOrNone((batches) => work(batches.flat())),
    maxBatch: maxTogether,
    maxWaiting: Infinity,
  });
  return (items) => queue.submit(items);
}

/** One state of each aggregate, the newest. */
export function newestStates<State extends { version: number }>(
  events: readonly EventEnvelope<State>[],
): State[] {
  return newestEvents(events).map(({ data }) => data);
}

/** One event of each aggregate, that of its newest state. */
export function newestEvents<Event extends EventEnvelope<{ version: number }>>(
  events: readonly Event[],
): Event[] {
  const newest = new Map<string, Event>();
  for (const event of events) {
    const known = newest.get(event.subject);
    if (known === undefined || known.data.version < event.data.version) newest.set(event.subject, event);
  }
  return [...newest.values()];
}
