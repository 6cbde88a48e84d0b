import { Injectable } from '@nestjs/common';
import { systemCaller, type Call } from '#contracts';
import { UnitOfWork, withAdvisoryLock, rewriteStoredResponses } from '#persistence';
import { SessionRowsRepository } from '../sessions/session-rows.repository.js';
import { answerWithoutContacts, hasContacts, withoutContacts } from './without-contacts.js';

/** Sessions done under one hold of the lock; few, since it is held in a transaction meanwhile. */
const batchSize = 100;
/** Batches of one run at most; the rest waits for the next run. */
const batchesAtMost = 1_000;

/** Erases the contacts of speakers of stops that ended long ago. */
@Injectable()
export class EndedStops {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rows: SessionRowsRepository,
  ) {}

  /**
   * Erases what can be used to reach speakers of stops that ended before; one replica at a time.
   * @returns of how many sessions
   */
  async erase(endedBefore: Date): Promise<number> {
    let total = 0;
    for (let batch = 0; batch < batchesAtMost; batch += 1) {
      const count = await withAdvisoryLock(this.unitOfWork.dataSource, 'retention', async () => {
        const due = await this.due(endedBefore);
        for (const id of due) await this.eraseOne(id);
        return due.length;
      });
      total += count ?? 0;
      if (count === undefined || count < batchSize) break;
    }
    return total;
  }

  private async due(endedBefore: Date): Promise<string[]> {
    const rows = (await this.unitOfWork.dataSource.query(
      `SELECT s.id FROM stops JOIN sessions s ON s.stop_id = stops.id
        WHERE (stops.state->>'endsAt')::timestamptz < $1
          AND jsonb_path_exists(s.speakers, '$[*] ? (@.email != null || @.personKey != null)')
        ORDER BY s.id LIMIT ${batchSize}`,
      [endedBefore],
    )) as { id: string }[];
    return rows.map(({ id }) => id);
  }

  private eraseOne(id: string): Promise<void> {
    const call: Call = { caller: systemCaller, requestId: 'retention', deadlineMs: Infinity };
    return this.unitOfWork.run(call, async (tx) => {
      const { session, stop } = await this.rows.lock(tx.manager, id);
      if (!hasContacts(session)) return;
      const changed = { ...withoutContacts(session), version: session.version + 1 };
      await this.rows.save(tx.manager, changed, stop.state);
      await rewriteStoredResponses(tx.manager, [id], answerWithoutContacts);
      this.rows.record(tx, 'erase_contacts', session, changed, { reason: 'retention' });
    });
  }
}
