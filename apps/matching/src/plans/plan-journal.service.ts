import { Injectable } from '@nestjs/common';
import type { TransactionContext } from '#persistence';
import { auditedOf, type PlanRecord } from './plan.js';

/** Writes the audit line of what a caller did with a plan, in the transaction of the change. */
@Injectable()
export class PlanJournal {
  record(tx: TransactionContext, action: string, before: PlanRecord | null, after: PlanRecord): void {
    tx.audit({
      resourceType: 'plan',
      resourceId: after.id,
      action: `plan.${action}`,
      organizationId: after.organizationId,
      before: before && auditedOf(before),
      after: auditedOf(after),
    });
  }
}
