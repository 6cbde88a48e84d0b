import { Injectable } from '@nestjs/common';
import { sessionChanged, type StopState } from '#contracts';
import type { TransactionContext } from '#persistence';
import { auditedOf, stateOf, type SessionRecord } from './session.js';

/** Publishes each change of a session and writes its audit line, in the transaction of the change. */
@Injectable()
export class SessionJournal {
  /**
   * @param stop the state of its stop that the session's place follows
   * @param action the verb of the audit line
   * @param more what the audit line says besides the session's new state
   */
  record(
    tx: TransactionContext,
    stop: StopState,
    action: string,
    before: SessionRecord | null,
    after: SessionRecord,
    more: object = {},
  ): void {
    tx.emit(sessionChanged, after.id, stateOf(after, stop));
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
