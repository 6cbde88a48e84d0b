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
    for (const meeting of await this.meetings.lockAll(tx.manager, stopId, liveStatuses, companyId)) {
      const status = meeting.status === 'requested' ? 'withdrawn' : 'cancelled';
      await this.changes.save(tx, 'end', meeting, { ...meeting, ...nowhere, status, reason });
    }
  }
}
