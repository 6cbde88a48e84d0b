import type { NoticeKind } from '../templates/mail-kind.js';

/** What a mail says besides the present state: ids, instants and counts, never a person's data. */
export interface NoticeData {
  /** The calendar entry that goes with it. */
  readonly calendar?: {
    readonly uid: string;
    readonly sequence: number;
    readonly method: 'REQUEST' | 'CANCEL';
  };
  /** Several entries of one mail, as files. */
  readonly entries?: readonly CalendarRef[];
  readonly previous?: { readonly startsAt: string; readonly endsAt: string };
  /** Days before the stop, of a reminder. */
  readonly days?: number;
  /** What a release changed about a talk. */
  readonly talks?: readonly TalkChange[];
  /** The release that did so, whose note is shown. */
  readonly release?: number;
  /** The meeting that a mail is about, and where it was to take place when it was told of last. */
  readonly meeting?: {
    readonly meetingId: string;
    readonly partnerId: string;
    readonly before: MeetingPlace | null;
  };
  /** The items of a digest, by ids. */
  readonly digest?: readonly {
    readonly kind: string;
    readonly stopId: string | null;
    readonly companyId: string | null;
    readonly refId: string;
  }[];
}

/** A slot and a table. */
export interface MeetingPlace {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly tableNo: number;
}

export interface CalendarRef {
  readonly uid: string;
  readonly sequence: number;
  readonly sessionId: string;
}

export interface TalkPlace {
  readonly roomId: string;
  readonly roomName: { zh?: string | undefined; en?: string | undefined } | null;
  readonly startsAt: string;
  readonly endsAt: string;
}

export interface TalkChange {
  readonly sessionId: string;
  readonly title: { zh?: string | undefined; en?: string | undefined };
  readonly from: TalkPlace | null;
  readonly to: TalkPlace | null;
}

/** A mail to one recipient, decided and not yet written. */
export interface PlannedNotice {
  readonly kind: NoticeKind;
  /** `delegate/<id>`, `company/<id>`, `speaker/<id>` or `organization/<id>`. */
  readonly recipient: string;
  /** Unique with kind and recipient: no mail is sent twice. */
  readonly occurrence: string;
  readonly stopId: string | null;
  readonly registrationId?: string;
  readonly companyId?: string;
  readonly delegateId?: string;
  readonly sessionId?: string;
  readonly speakerId?: string;
  readonly announcementId?: string;
  /** Of the address that it was decided for; another address is another person. */
  readonly addressHash?: string;
  readonly data: NoticeData;
  /** Not before; now where it is left out. */
  readonly notBefore?: Date;
}

/** One entry in one person's calendar. */
export interface CalendarUid {
  readonly uid: string;
  readonly topicId: string;
  readonly recipientId: string;
  readonly addressHash: string;
  readonly sequence: number;
  readonly fingerprint: string;
  readonly state: 'active' | 'cancelled';
  readonly since: Date;
}

/** A uid per seat and address: a substitute keeps the seat, and the old person's cancellation must not take the new entry. */
export function uidOf(
  prefix: 'seat' | 'talk' | 'meeting',
  parts: readonly string[],
  addressHash: string,
): string {
  return `${[prefix, ...parts, addressHash.slice(0, 12)].join('-')}@waystop`;
}
