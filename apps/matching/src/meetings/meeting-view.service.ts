import { Injectable } from '@nestjs/common';
import type { Caller, DelegateContact, Meeting } from '#contracts';
import { Database } from '#persistence';
import { ComersService } from './comers.service.js';
import { ConsentRepository } from './consent.repository.js';
import { sideOf, type MeetingRecord, type Side } from './meeting.js';

type Shown = Meeting['delegates']['asker'];

const disclosing: readonly MeetingRecord['status'][] = [
  'accepted',
  'scheduled',
  'held',
  'missed',
  'unplaced',
];

/** Shows meetings: each company its own delegate, and the other's only by consent of both. */
@Injectable()
export class MeetingViewService {
  constructor(
    private readonly database: Database,
    private readonly comers: ComersService,
    private readonly consents: ConsentRepository,
  ) {}

  /** As lists show it, and answers to changes: nothing of the other side but an id. */
  async plain(caller: Caller, meetings: readonly MeetingRecord[]): Promise<Meeting[]> {
    const own = meetings.flatMap((meeting) => idOf(meeting, sideOf(meeting, caller.companyId)) ?? []);
    const contacts = await this.comers.contactsOf(own);
    return meetings.map((meeting) => shown(meeting, sideOf(meeting, caller.companyId), contacts, false));
  }

  /** As one of its companies may see it. @returns also whether the other side was disclosed */
  async disclosed(caller: Caller, meeting: MeetingRecord): Promise<{ meeting: Meeting; disclosed: boolean }> {
    const side = sideOf(meeting, caller.companyId);
    if (side === null) return { meeting: shown(meeting, null, new Map(), false), disclosed: false };
    const ids = [meeting.askerDelegateId, meeting.askedDelegateId].filter((id) => id !== null);
    const contacts = await this.comers.contactsOf(ids);
    const disclosed = disclosing.includes(meeting.status) && (await this.bothAgreed(meeting, contacts));
    return { meeting: shown(meeting, side, contacts, disclosed), disclosed };
  }

  /** A consent is of the delegate who is named and of the person who gave it; a substitute gives its own. */
  private async bothAgreed(
    meeting: MeetingRecord,
    contacts: ReadonlyMap<string, DelegateContact>,
  ): Promise<boolean> {
    const consents = await this.consents.find(this.database, meeting.id);
    return (['asker', 'asked'] as const).every((side) => {
      const id = idOf(meeting, side);
      const companyId = side === 'asker' ? meeting.askerId : meeting.askedId;
      const given = consents.find((one) => one.companyId === companyId);
      return (
        given !== undefined && given.delegateId === id && given.personKey === contacts.get(id)?.personKey
      );
    });
  }
}

function shown(
  meeting: MeetingRecord,
  own: Side | null,
  contacts: ReadonlyMap<string, DelegateContact>,
  disclosed: boolean,
): Meeting {
  const delegateOf = (side: Side): Shown => {
    const id = idOf(meeting, side);
    if (id === null) return null;
    const contact = contacts.get(id);
    const isVisible = side === own || disclosed;
    if (!isVisible) return { id, name: null, jobTitle: null, email: null, mobile: null };
    if (contact === undefined) return null;
    return {
      id,
      name: contact.name,
      jobTitle: contact.jobTitle,
      email: contact.email,
      mobile: contact.mobile,
    };
  };
  const { id, stopId, askerId, askedId, listingId, message, status, reason, missed } = meeting;
  const { startsAt, endsAt, tableNo, createdAt, version } = meeting;
  return {
    id,
    stopId,
    askerId,
    askedId,
    listingId,
    message,
    status,
    reason,
    missed,
    startsAt,
    endsAt,
    tableNo,
    delegates: { asker: delegateOf('asker'), asked: delegateOf('asked') },
    createdAt,
    version,
  };
}

function idOf(meeting: MeetingRecord, side: Side | null): string | null {
  if (side === null) return null;
  return side === 'asker' ? meeting.askerDelegateId : meeting.askedDelegateId;
}
