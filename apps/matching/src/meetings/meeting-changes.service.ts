import { Injectable } from '@nestjs/common';
import type { TransactionContext } from '#persistence';
import type { MeetingRecord } from './meeting.js';
import { MeetingJournal } from './meeting-journal.service.js';
import { MeetingRepository } from './meeting.repository.js';
import { PlaceRepository } from './place.repository.js';

/** Saves a decided change of a meeting with all that goes with it: counts, bookings, event, audit. */
@Injectable()
export class MeetingChanges {
  constructor(
    private readonly meetings: MeetingRepository,
    private readonly places: PlaceRepository,
    private readonly journal: MeetingJournal,
  ) {}

  /** The meeting must be locked. A new place is booked by the caller, afterwards. */
  async save(
    tx: TransactionContext,
    action: string,
    before: MeetingRecord,
    decided: MeetingRecord,
  ): Promise<MeetingRecord> {
    const after = { ...decided, version: before.version + 1 };
    if (before.status === 'requested' && after.status !== 'requested')
      await this.places.countAnswer(tx.manager, before.stopId, before.askerId);
    if (isPlaced(before) && (!isPlaced(after) || hasMoved(before, after)))
      await this.places.release(tx.manager, before);
    await this.meetings.save(tx.manager, after);
    this.journal.record(tx, action, before, after);
    return after;
  }
}

function isPlaced({ startsAt }: MeetingRecord): boolean {
  return startsAt !== null;
}

export function hasMoved(before: MeetingRecord, after: MeetingRecord): boolean {
  return before.startsAt !== after.startsAt || before.tableNo !== after.tableNo;
}
