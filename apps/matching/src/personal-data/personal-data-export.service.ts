import { Injectable } from '@nestjs/common';
import {
  callingCompany,
  type Caller,
  type InputOf,
  type OutputOf,
  type exportListings,
  type exportMeetings,
} from '#contracts';
import { Database, cutPage, decodeIdCursor } from '#persistence';
import { CompanyProjectionService } from '../companies/company-projection.service.js';
import { shownCompany } from '../companies/company-shown.js';
import { ListingRepository } from '../listings/listing.repository.js';
import { listingFor } from '../listings/listing-view.js';
import { MeetingRepository } from '../meetings/meeting.repository.js';
import { MeetingViewService } from '../meetings/meeting-view.service.js';

/** Everything this service holds of a company: its listings and its meetings, at all tours and stops. */
@Injectable()
export class PersonalDataExport {
  constructor(
    private readonly database: Database,
    private readonly companies: CompanyProjectionService,
    private readonly listingRows: ListingRepository,
    private readonly meetingRows: MeetingRepository,
    private readonly view: MeetingViewService,
  ) {}

  async listings(
    query: InputOf<typeof exportListings>,
    caller: Caller,
  ): Promise<OutputOf<typeof exportListings>> {
    const companyId = callingCompany(caller);
    const slice = { after: decodeIdCursor(query.cursor), take: query.limit + 1 };
    const rows = await this.listingRows.listOfCompany(this.database, companyId, slice);
    const { items, nextCursor } = cutPage(rows, query.limit, ({ id }) => [id]);
    const company = shownCompany(companyId, (await this.companies.findAll([companyId])).get(companyId));
    const now = new Date();
    return { items: items.map((listing) => listingFor(caller, listing, company, now)), nextCursor };
  }

  async meetings(
    query: InputOf<typeof exportMeetings>,
    caller: Caller,
  ): Promise<OutputOf<typeof exportMeetings>> {
    const slice = { after: decodeIdCursor(query.cursor), take: query.limit + 1 };
    const rows = await this.meetingRows.listOfCompany(this.database, callingCompany(caller), slice);
    const { items, nextCursor } = cutPage(rows, query.limit, ({ id }) => [id]);
    return { items: await this.view.plain(caller, items), nextCursor };
  }
}
