import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  notFound,
  isOrganizerOf,
  type Caller,
  type ExportedFile,
  type InputOf,
  type StopState,
  type exportListingsCsv,
  type exportMeetingsCsv,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database } from '#persistence';
import { exportFileName, exportWriter, exportedFile, type Cell, type FileKind } from '#spreadsheets';
import { CompanyProjectionService } from '../companies/company-projection.service.js';
import { shownCompany } from '../companies/company-shown.js';
import { ListingRepository } from '../listings/listing.repository.js';
import { listingFor } from '../listings/listing-view.js';
import { settled } from '../meetings/meeting.js';
import { MeetingRepository } from '../meetings/meeting.repository.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { listingHeaders, listingRow } from './listing-rows.js';
import { meetingHeaders, meetingRow } from './meeting-rows.js';

/** Rows read and written at once: some milliseconds of work, then everything else has its turn. */
const maxRowsAtOnce = 200;

type ListingsQuery = InputOf<typeof exportListingsCsv>;
type MeetingsQuery = InputOf<typeof exportMeetingsCsv>;

/** Makes the files of a tour's listings and of a stop's meetings, for their organizer. */
@Injectable()
export class MatchingExportService {
  constructor(
    private readonly database: Database,
    private readonly stops: StopProjectionService,
    private readonly companies: CompanyProjectionService,
    private readonly listingRows: ListingRepository,
    private readonly meetingRows: MeetingRepository,
  ) {}

  async listings(kind: FileKind, query: ListingsQuery, call: CallContext): Promise<ExportedFile> {
    const tour = await this.stops.describeTour(call, query.tourId);
    if (!isOrganizerOf(call.caller, tour)) throw notFound('tour');
    const now = new Date();
    const writer = exportWriter(kind, listingHeaders, 'Listings');
    for await (const rows of this.listingPages(query, call.caller, now)) await writer.write(rows);
    const named = { name: tour.name, startsAt: now, timeZone: 'UTC' };
    return exportedFile(kind, exportFileName('listings', named, kind), await writer.end());
  }

  async meetings(kind: FileKind, query: MeetingsQuery, caller: Caller): Promise<ExportedFile> {
    const stop = await this.stops.get(query.stopId);
    if (!isOrganizerOf(caller, stop)) throw notFound('stop');
    const writer = exportWriter(kind, meetingHeaders, 'Meetings');
    for await (const rows of this.meetingPages(query, stop)) await writer.write(rows);
    const named = { ...stop, startsAt: new Date(stop.startsAt) };
    return exportedFile(kind, exportFileName('meetings', named, kind), await writer.end());
  }

  private async *listingPages(query: ListingsQuery, caller: Caller, now: Date): AsyncGenerator<Cell[][]> {
    const filter = {
      ...query,
      companyId: null,
      now,
      concept: undefined,
      q: undefined,
      sort: 'createdAt',
    } as const;
    for (let after: readonly [string, string] | null = null; ;) {
      const page = await this.listingRows.list(this.database, filter, { after, take: maxRowsAtOnce });
      const last = page.at(-1);
      if (last === undefined) return;
      const known = await this.companies.findAll(page.map(({ companyId }) => companyId));
      yield page.map((listing) => {
        const company = shownCompany(listing.companyId, known.get(listing.companyId));
        return listingRow(listingFor(caller, listing, company, now));
      });
      after = [last.createdAt, last.id];
      await nextTurn();
    }
  }

  private async *meetingPages({ stopId, status }: MeetingsQuery, stop: StopState): AsyncGenerator<Cell[][]> {
    const now = new Date();
    const filter = { stopId, companyId: null, statuses: status, stopEndsAt: stop.endsAt, now };
    for (let after: string | null = null; ;) {
      const page = await this.meetingRows.list(this.database, filter, { after, take: maxRowsAtOnce });
      const last = page.at(-1);
      if (last === undefined) return;
      const names = await this.companies.findAll(page.flatMap(({ askerId, askedId }) => [askerId, askedId]));
      yield page.map((meeting) => meetingRow(settled(meeting, stop.endsAt, now), names, stop.timeZone));
      after = last.id;
      await nextTurn();
    }
  }
}
