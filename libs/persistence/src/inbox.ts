import type { EntityManager } from 'typeorm';
import type { EventEnvelope } from '#contracts';
import { RecordedChanges } from './recorded-changes.js';
import type { Writes } from './writes.js';

/** Applies events once: an inbox row, written with the effect, makes a second delivery a no-op. */
export class Inbox {
  constructor(
    private readonly writes: Writes,
    /** The consuming service. */
    private readonly consumer: string,
  ) {}

  /** Runs `apply` in one transaction with the inbox row, unless the event was applied before. */
  async once(
    event: EventEnvelope,
    apply: (manager: EntityManager, recorded: RecordedChanges) => Promise<void>,
  ): Promise<void> {
    await this.writes.transaction((manager, recorded) =>
      applyOnce(
        () => this.enter(manager, event.id),
        () => apply(manager, recorded),
      ),
    );
  }

  /** Waits for another transaction that applies the same event. @returns whether the event is new */
  private async enter(manager: EntityManager, eventId: string): Promise<boolean> {
    const rows = (await manager.query(
      'INSERT INTO inbox (consumer, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
      [this.consumer, eventId],
    )) as unknown[];
    return rows.length > 0;
  }
}

/** The inbox's rule: within one transaction an event is entered first, and applied only if it was new. */
export async function applyOnce(enter: () => Promise<boolean>, apply: () => Promise<void>): Promise<void> {
  if (await enter()) await apply();
}
