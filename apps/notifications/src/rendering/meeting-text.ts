import { inLanguage } from '#contracts';
import type { Placeholders } from '../mail/mail-markdown.js';
import type { Fact, Language } from '../mail/mail-text.js';
import { dateText, timeText, whenText } from './local-time.js';
import type { NoticeFacts } from './notice-facts.js';
import { noticeWords } from './notice-words.js';
import type { Notice } from '../notices/notice.js';
import type { StopFacts } from '../owners/owner-facts.js';
import type { MeetingPlace } from '../notices/planned-notice.js';

/** Where a meeting takes place now; of one that lost its place, where it was to take place when it was told of last. */
export function meetingPlace({ data, kind }: Notice, facts: NoticeFacts): MeetingPlace | null {
  if (data.meeting === undefined) return null;
  const { meetingId, before } = data.meeting;
  const meeting = facts.meetings.get(meetingId);
  const { startsAt = null, endsAt = null, tableNo = null } = meeting ?? {};
  const now = startsAt === null || endsAt === null || tableNo === null ? null : { startsAt, endsAt, tableNo };
  return kind === 'meeting-cancelled' ? before : (now ?? before);
}

export function partnerName({ data }: Notice, facts: NoticeFacts, language: Language): string {
  const name = facts.companyNames.get(data.meeting?.partnerId ?? '');
  return name === undefined ? '' : inLanguage(name, language);
}

/** What stands for the placeholders of mails about meetings; empty in all others. */
export function meetingValues(notice: Notice, facts: NoticeFacts, language: Language): Placeholders {
  const place = meetingPlace(notice, facts);
  const stop = facts.stops.get(notice.stopId ?? '');
  const isKnown = place !== null && stop !== undefined;
  return {
    partnerName: partnerName(notice, facts, language),
    meetingDate: isKnown ? dateText(place.startsAt, stop.timeZone, language) : '',
    meetingTime: isKnown ? timeText(place.startsAt, place.endsAt, stop.timeZone, language) : '',
    tableNo: isKnown ? String(place.tableNo) : '',
  };
}

/** With whom, when, at which table, and what it was before; null for a mail that is about no meeting. */
export function meetingFacts(
  notice: Notice,
  facts: NoticeFacts,
  { timeZone }: Pick<StopFacts, 'timeZone'>,
  language: Language,
): Fact[] | null {
  const words = noticeWords[language];
  const { meeting } = notice.data;
  if (meeting === undefined) return null;
  const place = meetingPlace(notice, facts);
  const when = (at: MeetingPlace) => whenText(at.startsAt, at.endsAt, timeZone, language);
  const partner = { label: words.partner, value: partnerName(notice, facts, language) };
  if (place === null) return [partner];
  if (notice.kind === 'meeting-cancelled')
    return [partner, { label: words.when, value: words.calledOff, before: when(place) }];
  return [
    partner,
    fact(words.when, when(place), meeting.before && when(meeting.before)),
    fact(words.table, String(place.tableNo), meeting.before && String(meeting.before.tableNo)),
  ];
}

function fact(label: string, value: string, before: string | null): Fact {
  return before === null || before === value ? { label, value } : { label, value, before };
}
