import { Injectable } from '@nestjs/common';
import { getPeople, getSpeakers, listAudience, listSpeakers, type Localized } from '#contracts';
import { Rpc } from '#messaging';

/** Somebody who came, or who spoke, as its owner knows the person at this moment. */
export interface Holder {
  readonly kind: 'attendance' | 'speaking';
  readonly registrationId: string | null;
  readonly delegateId: string | null;
  readonly sessionId: string | null;
  readonly speakerId: string | null;
  readonly companyId: string | null;
  readonly sessionTitle: Localized | null;
  readonly name: string;
}

export interface Attendee extends Holder {
  readonly badge: string | null;
}

const registrationsAtOnce = 200;
const sessionsAtOnce = 200;

/** Asks their owners for the people whom documents name. */
@Injectable()
export class HoldersService {
  constructor(private readonly rpc: Rpc) {}

  /** The confirmed delegates of a stop, in the order of registration; of those who checked in alone, where that is asked for. */
  async delegatesOf(stopId: string, only: { readonly checkedIn?: true } = {}): Promise<Attendee[]> {
    const chosen: { delegateId: string; registrationId: string }[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: { items: { delegateId: string; registrationId: string }[]; nextCursor: string | null } =
        await this.rpc.ask(listAudience, {
          stopId,
          statuses: ['confirmed'],
          ...only,
          limit: 1_000,
          ...(cursor === undefined ? {} : { cursor }),
        });
      chosen.push(...page.items);
      cursor = page.nextCursor;
    }
    const people = await this.peopleOf(chosen.map(({ registrationId }) => registrationId));
    return chosen.flatMap(({ delegateId }) => people.get(delegateId) ?? []);
  }

  /** The delegates of registrations by their ids; erased ones are left out. */
  async peopleOf(registrationIds: readonly string[]): Promise<ReadonlyMap<string, Attendee>> {
    const found = new Map<string, Attendee>();
    let rest = [...new Set(registrationIds)];
    while (rest.length > 0) {
      const asked = rest.slice(0, registrationsAtOnce);
      const { registrations, unanswered } = await this.rpc.ask(getPeople, { registrationIds: asked });
      for (const { registrationId, companyId, delegates } of registrations)
        for (const { id, name, badge } of delegates)
          found.set(id, {
            ...nobody,
            kind: 'attendance',
            registrationId,
            delegateId: id,
            companyId,
            name,
            badge,
          });
      rest = [...unanswered, ...rest.slice(registrationsAtOnce)];
    }
    return found;
  }

  /** The speakers of a stop's scheduled sessions. */
  async speakersOf(stopId: string): Promise<Holder[]> {
    const found: Holder[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await this.speakersPage(stopId, cursor);
      found.push(...page.items.flatMap(holdersOf));
      cursor = page.nextCursor;
    }
    return found;
  }

  /** The speakers of sessions as they are now, by session and speaker. */
  async speakersBy(sessionIds: readonly string[]): Promise<ReadonlyMap<string, Holder>> {
    const found = new Map<string, Holder>();
    const ids = [...new Set(sessionIds)];
    for (let at = 0; at < ids.length; at += sessionsAtOnce) {
      const { sessions } = await this.rpc.ask(getSpeakers, {
        sessionIds: ids.slice(at, at + sessionsAtOnce),
      });
      for (const holder of sessions.flatMap(holdersOf)) found.set(speakerKey(holder), holder);
    }
    return found;
  }

  private speakersPage(stopId: string, cursor: string | undefined) {
    return this.rpc.ask(listSpeakers, {
      stopId,
      statuses: ['scheduled'],
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
  }
}

const nobody = { sessionId: null, speakerId: null, sessionTitle: null } as const;

export function speakerKey({ sessionId, speakerId }: Pick<Holder, 'sessionId' | 'speakerId'>): string {
  return `${sessionId} ${speakerId}`;
}

interface TalkOfSpeakers {
  readonly sessionId: string;
  readonly companyId: string | null;
  readonly title: Localized;
  readonly speakers: readonly { readonly speakerId: string; readonly name: string }[];
}

function holdersOf({ sessionId, companyId, title, speakers }: TalkOfSpeakers): Holder[] {
  return speakers.map(({ speakerId, name }) => ({
    kind: 'speaking',
    registrationId: null,
    delegateId: null,
    sessionId,
    speakerId,
    companyId,
    sessionTitle: title,
    name,
  }));
}
