import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { calendarOf } from '#calendar';
import {
  Problem,
  notFound,
  callingCompany,
  type Caller,
  type InputOf,
  type OutputOf,
  type StopState,
  type createCalendarFeed,
  type getMeetingsCalendar,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork } from '#persistence';
import { CompanyProjectionService } from '../companies/company-projection.service.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { MeetingCalendarRepository } from './meeting-calendar.repository.js';
import { meetingEntry } from './meeting-entry.js';

const tokenBytes = 32;
const names = { zh: '我的洽谈', en: 'My meetings' };

/** A company's meetings as a calendar, for its key or for the holder of its feed token. */
@Injectable()
export class MeetingCalendarService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly calendars: MeetingCalendarRepository,
    private readonly stops: StopProjectionService,
    private readonly companies: CompanyProjectionService,
  ) {}

  /** Makes the token anew. It is in no row and in no kept answer, so that nobody finds it later. */
  async createFeed(call: CallContext): Promise<OutputOf<typeof createCalendarFeed>> {
    const companyId = callingCompany(call.caller);
    const token = randomBytes(tokenBytes).toString('base64url');
    const { idempotency: _idempotency, ...plain } = call;
    await this.unitOfWork.run(plain, async (tx) => {
      await this.calendars.saveFeed(tx.manager, companyId, hashOf(token), new Date());
      tx.audit({
        resourceType: 'company',
        resourceId: companyId,
        action: 'company.create_calendar_feed',
        organizationId: null,
        before: null,
        after: {},
      });
      return null;
    });
    return { token, href: `/v1/companies/me/meetings.ics?feed=${token}` };
  }

  /** The company's feed, without its token: that is in no row. */
  findFeed(caller: Caller): Promise<{ createdAt: string } | null> {
    return this.calendars.findFeed(this.database, callingCompany(caller));
  }

  async get(
    caller: Caller,
    { feed, lang }: InputOf<typeof getMeetingsCalendar>,
  ): Promise<OutputOf<typeof getMeetingsCalendar>> {
    const companyId = await this.companyOf(caller, feed);
    const meetings = await this.calendars.find(this.database, companyId);
    const partners = await this.companies.findAll(meetings.map(({ partnerId }) => partnerId));
    const stops = await this.stopsOf(meetings.map(({ stopId }) => stopId));
    const entries = meetings.flatMap((meeting) => {
      const stop = stops.get(meeting.stopId);
      if (stop === undefined) return [];
      const { timeZone, venue } = stop;
      const partner = partners.get(meeting.partnerId)?.name ?? null;
      return [meetingEntry(meeting, partner, { timeZone, venue: venue.name }, lang)];
    });
    return { ics: calendarOf({ name: names[lang], lang, entries }) };
  }

  private async companyOf(caller: Caller, feed: string | undefined): Promise<string> {
    if (feed === undefined) {
      if (caller.role === 'public') throw new Problem('auth.required', 'Send a key, or the token of a feed.');
      return callingCompany(caller);
    }
    const companyId = await this.calendars.findCompany(this.database, hashOf(feed));
    if (companyId === null) throw notFound('calendar feed');
    return companyId;
  }

  private async stopsOf(ids: readonly string[]): Promise<ReadonlyMap<string, StopState>> {
    const stops = await Promise.all(
      [...new Set(ids)].map(async (id) => [id, await this.stops.get(id)] as const),
    );
    return new Map(stops);
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
