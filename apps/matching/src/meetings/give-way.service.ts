import { Injectable } from '@nestjs/common';
import type { TransactionContext } from '#persistence';
import { liveStatuses, movedTo, nowhere, type MeetingRecord } from './meeting.js';
import { MeetingChanges } from './meeting-changes.service.js';
import { MeetingRepository } from './meeting.repository.js';

/** Changes of meetings that follow from somebody else's: no caller asked for them. */
@Injectable()
export class GiveWayService {
  constructor(
    private readonly meetings: MeetingRepository,
    private readonly changes: MeetingChanges,
  ) {}

  /** Takes scheduled meetings their places; they are accepted again and say why. */
  async unschedule(
    tx: TransactionContext,
    meetings: readonly MeetingRecord[],
    reason: string,
  ): Promise<void> {
    for (const meeting of meetings) {
      const status = movedTo(meeting.status, 'unschedule', 'system');
      await this.changes.save(tx, 'give_way', meeting, { ...meeting, ...nowhere, status, reason });
    }
  }

  /** Ends the live meetings of a stop, or of one company there: requests are withdrawn, others cancelled. */
  async endAll(
    tx: TransactionContext,
    stopId: string,
    companyId: string | null,
    reason: string,
  ): Promise<void> {
    await this.end(tx, await this.meetings.lockAll(tx.manager, stopId, liveStatuses, companyId), reason);
  }

  /** The same for companies that are named with their stops. */
  async endOfCompanies(
    tx: TransactionContext,
    companies: readonly { stopId: string; companyId: string }[],
    reason: string,
  ): Promise<void> {
    if (companies.length === 0) return;
    await this.end(tx, await this.meetings.lockOfCompanies(tx.manager, companies, liveStatuses), reason);
  }

  private async end(
    tx: TransactionContext,
    meetings: readonly MeetingRecord[],
    reason: string,
  ): Promise<void> {
    for (const meeting of meetings) {
      const status = meeting.status === 'requested' ? 'withdrawn' : 'cancelled';
      await this.changes.save(tx, 'end', meeting, { ...meeting, ...nowhere, status, reason });
    }
  }
}
