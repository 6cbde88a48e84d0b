import { Injectable } from '@nestjs/common';
import { systemCaller, type Call } from '#contracts';
import { AdvisoryLocks, Database, UnitOfWork, rewriteStoredResponses, workOffInBatches } from '#persistence';
import { SessionJournal } from '../sessions/session-journal.service.js';
import { SessionRepository } from '../sessions/session.repository.js';
import { PersonalDataRepository } from './personal-data.repository.js';
import { hasContacts, responseWithoutContacts, withoutContacts } from './without-contacts.js';

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
  erase(endedBefore: Date): Promise<number> {
    return workOffInBatches(
      this.locks,
      'retention',
      (take) => this.personalData.findDue(this.database, endedBefore, take),
      async (due) => {
        for (const id of due) await this.eraseOne(id);
      },
    );
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
      this.journal.record(tx, stop.state, 'erase_contacts', session, changed, { reason: 'retention' });
    });
  }
}
