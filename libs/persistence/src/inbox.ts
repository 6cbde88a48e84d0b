import type { EventEnvelope } from '#contracts';
import type { Transaction } from './database.js';
import { batching, newestStates } from './newest-states.js';
import { PendingRecords } from './pending-records.js';
import type { UnitOfWork } from './unit-of-work.js';

/** Applies events once: an inbox row, written with the effect, makes a second delivery a no-op. */
export class Inbox {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    /** The consuming service. */
    private readonly consumer: string,
  ) {}

  /** Runs `apply` in one transaction with the inbox row, unless the event was applied before. */
  async once(
    event: EventEnvelope,
    apply: (manager: Transaction, recorded: PendingRecords) => Promise<void>,
  ): Promise<void> {
    await this.unitOfWork.transaction((manager, recorded) =>
      applyOnce(
        async () => (await this.enter(manager, [event.id])).size > 0,
        () => apply(manager, recorded),
      ),
    );
  }

  /**
   * For copies of what comes in numbers: events that arrive together are applied in one transaction.
   * @param apply takes over states, of which no two belong to one aggregate; only a newer one may replace what is there
   * @returns applies one event, together with others; as with `once`, a second delivery is a no-op
   */
  batched<State extends { version: number }>(
    apply: (manager: Transaction, states: State[]) => Promise<void>,
  ): (event: EventEnvelope<State>) => Promise<void> {
    const applyAll = (events: readonly EventEnvelope<State>[]) =>
      this.unitOfWork.transaction(async (manager) => {
        const entered = await this.enter(
          manager,
          events.map(({ id }) => id),
        );
        const states = newestStates(events.filter(({ id }) => entered.has(id)));
        if (states.length > 0) await apply(manager, states);
      });
    const submit = batching(applyAll);
    return (event) => submit([event]);
  }

  /**
   * Waits for another transaction that applies one of the same events; in order, so that two never wait for each other.
   * @returns the ids of those that are new
   */
  async enter(manager: Transaction, eventIds: string[]): Promise<Set<string>> {
    const rows = (await manager.query(
      `INSERT INTO inbox (consumer, event_id) SELECT $1, id FROM unnest($2::uuid[]) AS event (id) ORDER BY id
       ON CONFLICT DO NOTHING RETURNING event_id`,
      [this.consumer, eventIds],
    )) as { event_id: string }[];
    return new Set(rows.map((row) => row.event_id));
  }
}

/** The inbox's rule: within one transaction an event is entered first, and applied only if it was new. */
export async function applyOnce(enter: () => Promise<boolean>, apply: () => Promise<void>): Promise<void> {
  if (await enter()) await apply();
}
