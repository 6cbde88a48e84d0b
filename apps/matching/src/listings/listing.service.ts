import { Injectable } from '@nestjs/common';
import { Problem, notFound, callingCompany, refuseOthersThanOrganizer, type Listing } from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, newId, refuseStaleVersion, type TransactionContext } from '#persistence';
import { CompanyProjectionService } from '../companies/company-projection.service.js';
import { shownCompany } from '../companies/company-shown.js';
import { DelegationProjectionService } from '../delegations/delegation-projection.service.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import {
  moved,
  newListing,
  patched,
  settled,
  type ListingDraft,
  type ListingMove,
  type ListingPatch,
  type ListingRecord,
} from './listing.js';
import { ListingJournal } from './listing-journal.service.js';
import { ListingRepository, isLimitReached } from './listing.repository.js';
import { listingFor } from './listing-view.js';

type Decide = (listing: ListingRecord, now: Date) => ListingRecord;

const maxSettledAtOnce = 100;

@Injectable()
export class ListingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly listings: ListingRepository,
    private readonly journal: ListingJournal,
    private readonly companies: CompanyProjectionService,
    private readonly delegations: DelegationProjectionService,
    private readonly stops: StopProjectionService,
  ) {}

  async create(call: CallContext, tourId: string, draft: ListingDraft): Promise<Listing> {
    const companyId = callingCompany(call.caller);
    const organizationId = await this.stops.organizationOf(call, tourId);
    await this.delegations.refuseNotOfTour(companyId, tourId);
    await this.companies.refuseSuspended(companyId, organizationId);
    return this.run(call, companyId, async (tx, now) => {
      const listing = newListing(draft, { id: newId(), tourId, organizationId, companyId }, now);
      await this.listings.insert(tx.manager, listing);
      if (listing.state === 'published') await this.countOneMore(tx, listing, now);
      this.journal.record(tx, 'create', null, listing);
      return listing;
    });
  }

  update(call: CallContext, id: string, patch: ListingPatch): Promise<Listing> {
    return this.change(call, id, 'update', (listing, now) => patched(listing, patch, now));
  }

  move(call: CallContext, id: string, move: Exclude<ListingMove, 'remove'>): Promise<Listing> {
    return this.change(call, id, move, (listing, now) => moved(listing, move, now));
  }

  remove(call: CallContext, id: string, reason: string): Promise<Listing> {
    return this.change(call, id, 'remove', (listing, now) => ({ ...moved(listing, 'remove', now), reason }));
  }

  private async change(call: CallContext, id: string, action: string, decide: Decide): Promise<Listing> {
    const found = await this.listings.find(this.database, id);
    if (found === null) throw notFound('listing');
    if (action === 'remove') refuseOthersThanOrganizer(call.caller, found, 'listing');
    else if (call.caller.companyId !== found.companyId) throw notFound('listing');
    if (action === 'publish') await this.companies.refuseSuspended(found.companyId, found.organizationId);
    return this.run(call, found.companyId, async (tx, now) => {
      const stored = await this.listings.lock(tx.manager, id);
      refuseStaleVersion(call, stored.version);
      const changed = { ...decide(settled(stored, now), now), version: stored.version + 1 };
      await this.listings.save(tx.manager, changed);
      await this.recount(tx, stored, changed, now);
      this.journal.record(tx, action, stored, changed);
      return changed;
    });
  }

  private async recount(
    tx: TransactionContext,
    before: ListingRecord,
    after: ListingRecord,
    now: Date,
  ): Promise<void> {
    const [was, is] = [before.state === 'published', after.state === 'published'];
    if (was && !is) await this.listings.countHidden(tx.manager, after);
    if (!was && is) await this.countOneMore(tx, after, now);
  }

  /** Those that are over by the clock make room first. */
  private async countOneMore(tx: TransactionContext, listing: ListingRecord, now: Date): Promise<void> {
    const { tourId, companyId } = listing;
    await this.settleExpired(tx, now, { tourId, companyId, take: maxSettledAtOnce });
    await this.listings.countPublished(tx.manager, listing);
  }

  /** Writes down what the clock has ended. @returns how many listings */
  async settleExpired(
    tx: TransactionContext,
    now: Date,
    which: Parameters<ListingRepository['lockExpired']>[2],
  ): Promise<number> {
    const over = await this.listings.lockExpired(tx.manager, now, which);
    for (const listing of over) {
      const expired = { ...settled(listing, now), version: listing.version + 1 };
      await this.listings.save(tx.manager, expired);
      if (listing.state === 'published') await this.listings.countHidden(tx.manager, listing);
      this.journal.record(tx, 'expire', listing, expired);
    }
    return over.length;
  }

  private async run(
    call: CallContext,
    companyId: string,
    work: (tx: TransactionContext, now: Date) => Promise<ListingRecord>,
  ): Promise<Listing> {
    const company = shownCompany(companyId, await this.companies.get(companyId));
    const now = new Date();
    try {
      return await this.unitOfWork.run(
        call,
        async (tx) => listingFor(call.caller, await work(tx, now), company, now),
        ({ id }) => id,
      );
    } catch (error) {
      if (!isLimitReached(error)) throw error;
      throw new Problem('listing.limit_reached', 'A company has at most 20 published listings in a tour.');
    }
  }
}
