import { Injectable } from '@nestjs/common';
import { outcomeAnnounced, type DataOf } from '#contracts';
import type { TransactionContext } from '#persistence';

type Announced = DataOf<typeof outcomeAnnounced>;

/** Writes the audit lines of the ledger, and publishes what is announced, in the transaction of the change. */
@Injectable()
export class LedgerJournal {
  record(
    tx: TransactionContext,
    action: string,
    of: { readonly id: string; readonly organizationId: string },
    before: object | null,
    after: object | null,
  ): void {
    tx.audit({
      resourceType: 'ledger',
      resourceId: of.id,
      action,
      organizationId: of.organizationId,
      before,
      after,
    });
  }

  announce(tx: TransactionContext, announced: Announced): void {
    tx.emit(outcomeAnnounced, announced.id, announced);
  }
}
