import { Injectable } from '@nestjs/common';
import { meetingChanged } from '#contracts';
import type { TransactionContext } from '#persistence';
import { auditedOf, stateOf, type MeetingRecord } from './meeting.js';

/** Publishes each change of a meeting and writes its audit line, in the transaction of the change. */
@Injectable()
export class MeetingJournal {
  record(tx: TransactionContext, action: string, before: MeetingRecord | null, after: MeetingRecord): void {
    tx.emit(meetingChanged, after.id, stateOf(after));
    tx.audit({
      resourceType: 'meeting',
      resourceId: after.id,
      action: `meeting.${action}`,
      organizationId: after.organizationId,
      before: before && auditedOf(before),
      after: auditedOf(after),
    });
  }
}
