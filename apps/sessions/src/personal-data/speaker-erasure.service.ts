import { Injectable } from '@nestjs/common';
import { systemCaller, type Call } from '#contracts';
import { AdvisoryLocks, Database, UnitOfWork, rewriteStoredResponses } from '#persistence';
import { SessionJournal } from '../sessions/session-journal.service.js';
import { SessionRepository } from '../sessions/session.repository.js';
import { PersonalDataRepository } from './personal-data.repository.js';
import { hasContacts, responseWithoutContacts, withoutContacts } from './without-contacts.js';

/** Sessions looked up at once. */
const batchSize = 100;
/** Batches of one run at most; the rest waits for the next run. */
const maxBatches = 1_000;

/** Erases the contacts of speakers of stops that ended long ago. */
@Injectable()
export class SpeakerErasure {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly locks: AdvisoryLocks,
    private readonly sessions: SessionRepository,
    private readonly journal: SessionJournal,
    private readonly personalData: PersonalDataRepository,
  ) {}

  /**
   * Erases e-mail addresses and person keys of speakers at stops that ended before an instant; one replica at a time.
   * @returns the number of sessions changed
   */
  async erase(endedBefore: Date): Promise<number> {
    return (await this.locks.withAdvisoryLock('retention', () => this.eraseAll(endedBefore))) ?? 0;
  }

  private async eraseAll(endedBefore: Date): Promise<number> {
    let total = 0;
    for (let batch = 0; batch < maxBatches; batch += 1) {
      const due = await this.personalData.findDue(this.database, endedBefore, batchSize);
      for (const id of due) await this.eraseOne(id);
      total += due.length;
      if (due.length < batchSize) break;
    }
    return total;
  }

  private eraseOne(id: string): Promise<void> {
    const call: Call = { caller: systemCaller, requestId: 'retention', deadlineMs: Infinity };
    return this.unitOfWork.run(call, async (tx) => {
      const { session, stop } = await this.sessions.lock(tx.manager, id);
      if (!hasContacts(session)) return;
      const changed = { ...withoutContacts(session), version: session.version + 1 };
      await this.sessions.save(tx.manager, changed, stop.state);
      await this.personalData.erasePersons(tx.manager, id);
      await rewriteStoredResponses(tx.manager, [id], responseWithoutContacts);
      this.journal.record(tx, 'erase_contacts', session, changed, { reason: 'retention' });
    });
  }
}
