import { Injectable } from '@nestjs/common';
import { listingChanged } from '#contracts';
import type { TransactionContext } from '#persistence';
import { auditedOf, stateOf, type ListingRecord } from './listing.js';

/** Publishes each change of a listing and writes its audit line, in the transaction of the change. */
@Injectable()
export class ListingJournal {
  record(tx: TransactionContext, action: string, before: ListingRecord | null, after: ListingRecord): void {
    tx.emit(listingChanged, after.id, stateOf(after));
    tx.audit({
      resourceType: 'listing',
      resourceId: after.id,
      action: `listing.${action}`,
      organizationId: after.organizationId,
      before: before && auditedOf(before),
      after: auditedOf(after),
    });
  }
}
