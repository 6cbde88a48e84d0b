import { Injectable } from '@nestjs/common';
import {
  Problem,
  getCompanyContacts,
  getCompanyStates,
  getDeparted,
  getMeetingPeople,
  getPeople,
  getReleaseChanges,
  getSignupHolders,
  getSpeakers,
  getStop,
  getTimetable,
  getTour,
  listAudience,
  listSpeakers,
  type Localized,
  type OutputOf,
  type RegistrationStatus,
  type ReleaseChange,
  type SpeakersOfSession,
} from '#contracts';
import { Rpc } from '#messaging';
import type {
  Contact,
  Departed,
  MeetingFacts,
  RegistrationPeople,
  ReleaseRef,
  SignupHolder,
  StopFacts,
  TimetableTalk,
} from './owner-facts.js';

const maxAtOnce = 200;
const deadlineMs = 5_000;
const pageSize = 1_000;
/** Pages of one question at most: a stop has 100,000 seats. */
const maxPages = 200;
const publicCaller = { role: 'public', keyId: null } as const;

type AudienceMember = OutputOf<typeof listAudience>['items'][number];

/** Asks the owners of people and stops for what is true now. Nothing of it is kept. */
@Injectable()
export class Owners {
  constructor(private readonly rpc: Rpc) {}

  /** The people of registrations; unknown ones are missing. */
  async people(ids: Iterable<string>): Promise<ReadonlyMap<string, RegistrationPeople>> {
    const found = new Map<string, RegistrationPeople>();
    let open = [...new Set(ids)];
    while (open.length > 0) {
      const asked = open.slice(0, maxAtOnce);
      const { registrations, unanswered } = await this.rpc.ask(
        getPeople,
        { registrationIds: asked },
        deadlineMs,
      );
      for (const one of registrations) found.set(one.registrationId, one);
      const again = unanswered.length < asked.length ? unanswered : [];
      open = [...again, ...open.slice(maxAtOnce)];
    }
    return found;
  }

  /** Who left these registrations lately, by registration. */
  async departed(ids: Iterable<string>): Promise<ReadonlyMap<string, Departed[]>> {
    const found = new Map<string, Departed[]>();
    for (const registrationIds of chunks(ids)) {
      const items = await this.pages<Departed>((page) =>
        this.rpc.ask(getDeparted, { registrationIds, ...page }, deadlineMs),
      );
      for (const one of items) found.set(one.registrationId, [...(found.get(one.registrationId) ?? []), one]);
    }
    return found;
  }

  async contacts(companyIds: Iterable<string>): Promise<ReadonlyMap<string, Contact>> {
    const found = new Map<string, Contact>();
    for (const ids of chunks(companyIds)) {
      const { contacts } = await this.rpc.ask(getCompanyContacts, { ids }, deadlineMs);
      for (const { companyId, contact } of contacts) found.set(companyId, contact);
    }
    return found;
  }

  async companyNames(companyIds: Iterable<string>): Promise<ReadonlyMap<string, Localized>> {
    const found = new Map<string, Localized>();
    for (const ids of chunks(companyIds)) {
      const { companies } = await this.rpc.ask(getCompanyStates, { ids }, deadlineMs);
      for (const { companyId, name } of companies) found.set(companyId, name);
    }
    return found;
  }

  /** Sessions with their speakers; unknown ones are missing. */
  async sessions(ids: Iterable<string>): Promise<ReadonlyMap<string, SpeakersOfSession>> {
    const found = new Map<string, SpeakersOfSession>();
    for (const sessionIds of chunks(ids)) {
      const { sessions } = await this.rpc.ask(getSpeakers, { sessionIds }, deadlineMs);
      for (const one of sessions) found.set(one.sessionId, one);
    }
    return found;
  }

  /** Meetings with who comes to them; unknown ones are missing. */
  async meetings(meetingIds: Iterable<string>): Promise<ReadonlyMap<string, MeetingFacts>> {
    const found = new Map<string, MeetingFacts>();
    for (const ids of chunks(meetingIds)) {
      const { meetings } = await this.rpc.ask(getMeetingPeople, { ids }, deadlineMs);
      for (const one of meetings) found.set(one.meetingId, one);
    }
    return found;
  }

  speakersOfStop(
    stopId: string,
    statuses: ('accepted' | 'scheduled')[] = ['accepted', 'scheduled'],
  ): Promise<SpeakersOfSession[]> {
    return this.pages<SpeakersOfSession>((page) =>
      this.rpc.ask(listSpeakers, { stopId, statuses, ...page, limit: maxAtOnce }, deadlineMs),
    );
  }

  async signupHolders(sessionIds: Iterable<string>): Promise<SignupHolder[]> {
    const found: SignupHolder[] = [];
    for (const ids of chunks(sessionIds))
      found.push(
        ...(await this.pages<SignupHolder>((page) =>
          this.rpc.ask(getSignupHolders, { sessionIds: ids, ...page }, deadlineMs),
        )),
      );
    return found;
  }

  audience(stopId: string, statuses: RegistrationStatus[], checkedIn?: boolean): Promise<AudienceMember[]> {
    return this.pages<AudienceMember>((page) =>
      this.rpc.ask(
        listAudience,
        { stopId, statuses, ...(checkedIn === undefined ? {} : { checkedIn }), ...page },
        deadlineMs,
      ),
    );
  }

  /** What a release changed against an earlier one; null where there is no such release. */
  async releaseChanges(
    stopId: string,
    release: number,
    since: number | undefined,
  ): Promise<ReleaseChange[] | null> {
    const from = since === undefined ? {} : { since };
    try {
      return await this.pages<ReleaseChange>((page) =>
        this.rpc.ask(getReleaseChanges, { stopId, release, ...from, ...page, limit: maxAtOnce }, deadlineMs),
      );
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** What the organizer said of a release: of one that followed a stop's new date, the reason for that. */
  async releaseNote({ stopId, release }: ReleaseRef): Promise<string | null> {
    try {
      const answer = await this.rpc.ask(getReleaseChanges, { stopId, release, limit: 1 }, deadlineMs);
      return answer.release.note;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** The talks of the latest release; none where there is no release. */
  async talks(stopId: string): Promise<readonly TimetableTalk[]> {
    try {
      return (await this.rpc.call(getTimetable, { stopId }, asPublic())).sessions;
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  /** A published stop with its tour's name; null for one that the public does not see. */
  async stop(id: string): Promise<StopFacts | null> {
    try {
      const stop = await this.rpc.call(getStop, { id }, asPublic());
      const tour = await this.rpc.call(getTour, { id: stop.tourId }, asPublic());
      return { ...stop, tourName: tour.name };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async stops(ids: Iterable<string>): Promise<ReadonlyMap<string, StopFacts>> {
    const found = await Promise.all([...new Set(ids)].map(async (id) => [id, await this.stop(id)] as const));
    return new Map(found.flatMap(([id, stop]) => (stop === null ? [] : [[id, stop] as const])));
  }

  private async pages<Item>(
    ask: (page: { limit: number; cursor?: string }) => Promise<{ items: Item[]; nextCursor: string | null }>,
  ): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < maxPages; page += 1) {
      const answer: { items: Item[]; nextCursor: string | null } = await ask({
        limit: pageSize,
        ...(cursor === null ? {} : { cursor }),
      });
      items.push(...answer.items);
      cursor = answer.nextCursor;
      if (cursor === null) break;
    }
    return items;
  }
}

function chunks(ids: Iterable<string>): string[][] {
  const all = [...new Set(ids)];
  return Array.from({ length: Math.ceil(all.length / maxAtOnce) }, (_, index) =>
    all.slice(index * maxAtOnce, (index + 1) * maxAtOnce),
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Problem && error.code === 'resource.not_found';
}

/** Mails show no more of a stop than its pages do. */
function asPublic() {
  return { caller: publicCaller, requestId: 'internal', deadlineMs: Date.now() + deadlineMs };
}
