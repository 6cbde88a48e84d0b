import { Injectable } from '@nestjs/common';
import { sessionChanged } from '#contracts';
import type { TransactionContext } from '#persistence';
import { auditedOf, stateOf, type SessionRecord } from './session.js';

/** Publishes each change of a session and writes its audit line, in the transaction of the change. */
@Injectable()
export class SessionJournal {
  /**
   * @param action the verb of the audit line
   * @param more what the audit line says besides the session's new state
   */
  record(
    tx: TransactionContext,
    action: string,
    before: SessionRecord | null,
    after: SessionRecord,
    more: object = {},
  ): void {
    tx.emit(sessionChanged, after.id, stateOf(after));
    tx.audit({
      resourceType: 'session',
      resourceId: after.id,
      action: `session.${action}`,
      organizationId: after.organizationId,
      before: before && auditedOf(before),
      after: { ...auditedOf(after), ...more },
    });
  }
}
