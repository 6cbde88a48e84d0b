import { Injectable } from '@nestjs/common';
import {
  foldText,
  notFound,
  callingCompany,
  isOrganizerOf,
  type Caller,
  type InputOf,
  type Listing,
  type OutputOf,
  type listListings,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, cutPage, decodeInstantAndIdCursor } from '#persistence';
import { CompanyProjectionService } from '../companies/company-projection.service.js';
import { shownCompany } from '../companies/company-shown.js';
import { DelegationProjectionService } from '../delegations/delegation-projection.service.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import type { ListingRecord } from './listing.js';
import { ListingRepository } from './listing.repository.js';
import { listingFor } from './listing-view.js';

@Injectable()
export class ListingQueryService {
  constructor(
    private readonly database: Database,
    private readonly listings: ListingRepository,
    private readonly companies: CompanyProjectionService,
    private readonly delegations: DelegationProjectionService,
    private readonly stops: StopProjectionService,
  ) {}

  async get(caller: Caller, id: string): Promise<Listing> {
    const listing = await this.listings.find(this.database, id);
    if (listing === null) throw notFound('listing');
    const isOwn = listing.companyId === caller.companyId;
    if (caller.role === 'company' && !isOwn) await this.refuseStrangers(callingCompany(caller), listing);
    const [shown] = await this.shown(caller, [listing], new Date());
    if (shown === undefined) throw notFound('listing');
    return shown;
  }

  async list(call: CallContext, query: InputOf<typeof listListings>): Promise<OutputOf<typeof listListings>> {
    const after = decodeInstantAndIdCursor(query.cursor);
    const companyId = await this.viewOf(call, query.tourId);
    const now = new Date();
    const q = query.q === undefined ? undefined : foldText(query.q);
    const rows = await this.listings.list(
      this.database,
      { ...query, q, companyId, now },
      { after: after && [after[0].toISOString(), after[1]], take: query.limit + 1 },
    );
    const { items, nextCursor } = cutPage(rows, query.limit, (one) => [
      new Date(query.sort === 'expiresAt' ? one.expiresAt : one.createdAt).toISOString(),
      one.id,
    ]);
    return { items: await this.shown(call.caller, items, now), nextCursor };
  }

  /** The company whose view a list shows, null for the tour's organizers. */
  private async viewOf(call: CallContext, tourId: string): Promise<string | null> {
    const organizationId = await this.stops.organizationOf(call, tourId);
    if (call.caller.role === 'organizer') {
      if (!isOrganizerOf(call.caller, { organizationId })) throw notFound('tour');
      return null;
    }
    const companyId = callingCompany(call.caller);
    await this.delegations.refuseNotOfTour(companyId, tourId);
    return companyId;
  }

  /** A company outside the tour learns nothing of its listings. */
  private async refuseStrangers(companyId: string, { tourId }: ListingRecord): Promise<void> {
    await this.delegations.refuseNotOfTour(companyId, tourId).catch(() => {
      throw notFound('listing');
    });
  }

  private async shown(caller: Caller, listings: readonly ListingRecord[], now: Date): Promise<Listing[]> {
    const companies = await this.companies.findAll(listings.map(({ companyId }) => companyId));
    return listings.map((listing) =>
      listingFor(caller, listing, shownCompany(listing.companyId, companies.get(listing.companyId)), now),
    );
  }
}
