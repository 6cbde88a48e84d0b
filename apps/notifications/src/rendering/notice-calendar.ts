import { calendarOf, invitationOf, type CalendarEntry, type CalendarParty } from '#calendar';
import { inLanguage } from '#contracts';
import type { MailCalendar } from '../mail/outgoing-mail.js';
import type { Language } from '../mail/mail-text.js';
import { meetingPlace, partnerName } from './meeting-text.js';
import { noticeWords } from './notice-words.js';
import type { Notice } from '../notices/notice.js';
import type { NoticeFacts } from './notice-facts.js';
import type { NoticeRecipient } from './notice-recipient.js';
import type { StopFacts } from '../owners/owner-facts.js';
import type { TalkChange, TalkPlace } from '../notices/planned-notice.js';

interface CalendarInput {
  readonly notice: Notice;
  readonly facts: NoticeFacts;
  readonly recipient: NoticeRecipient;
  readonly language: Language;
  readonly organizer: CalendarParty;
  readonly at: Date;
}

/** The calendar object of a mail, in the way that the organizer chose; undefined where the mail has none. */
export function noticeCalendar(input: CalendarInput): MailCalendar | undefined {
  const { notice, facts, language, recipient, organizer } = input;
  const mode = facts.settings.get(notice.organizationId)?.calendarMode ?? 'invite';
  const stop = facts.stops.get(notice.stopId ?? '');
  if (mode === 'none' || stop === undefined) return undefined;
  const { calendar } = notice.data;
  if (mode === 'invite' && calendar !== undefined) {
    const entry = entryOf(input, stop, calendar, notice.data.talks?.[0]);
    if (entry === null) return undefined;
    const attendee = { name: recipient.name, email: recipient.email };
    const { method } = calendar;
    return { method, ics: invitationOf({ method, lang: language, entry, organizer, attendee }) };
  }
  const entries = attachedEntries(input, stop);
  if (entries.length === 0) return undefined;
  return {
    method: null,
    ics: calendarOf({ name: inLanguage(stop.name, language), lang: language, entries }),
  };
}

/** Files hold what takes place; a cancellation as a file would be one more entry in most calendars. */
function attachedEntries(input: CalendarInput, stop: StopFacts): CalendarEntry[] {
  const { calendar, entries = [], talks = [] } = input.notice.data;
  const own =
    calendar === undefined || calendar.method === 'CANCEL' ? [] : [entryOf(input, stop, calendar, talks[0])];
  const several = entries.map((entry) =>
    entryOf(
      input,
      stop,
      entry,
      talks.find(({ sessionId }) => sessionId === entry.sessionId),
    ),
  );
  return [...own, ...several].flatMap((entry) =>
    entry === null ? [] : [{ ...entry, status: 'CONFIRMED' as const }],
  );
}

function entryOf(
  { language, facts, notice, at }: CalendarInput,
  stop: StopFacts,
  { uid, sequence }: { uid: string; sequence: number },
  talk: TalkChange | undefined,
): Omit<CalendarEntry, 'status'> | null {
  const url = `${facts.publicUrl}${language === 'en' ? '/en' : ''}/stops/${stop.id}`;
  const common = {
    uid,
    sequence,
    timeZone: stop.timeZone,
    lastModified: at.toISOString(),
    url,
    geo: stop.venue.location,
  };
  if (notice.data.meeting !== undefined) {
    const at = meetingPlace(notice, facts);
    if (at === null) return null;
    const words = noticeWords[language];
    return {
      ...common,
      startsAt: at.startsAt,
      endsAt: at.endsAt,
      summary: words.meetingWith(partnerName(notice, facts, language)),
      description: [inLanguage(stop.name, language), url].join('\n'),
      location: [placeOf(stop, null, language), words.tableNo(at.tableNo)].join(', '),
    };
  }
  const reason = notice.kind === 'stop-cancelled' || notice.kind === 'stop-rescheduled' ? stop.reason : null;
  const stopName = inLanguage(stop.name, language);
  if (talk === undefined)
    return {
      ...common,
      startsAt: stop.startsAt,
      endsAt: stop.endsAt,
      summary: stopName,
      description: [inLanguage(stop.tourName, language), ...(reason === null ? [] : [reason]), url].join(
        '\n',
      ),
      location: placeOf(stop, null, language),
    };
  const place = talk.to ?? talk.from;
  if (place === null) return null;
  return {
    ...common,
    startsAt: place.startsAt,
    endsAt: place.endsAt,
    summary: inLanguage(talk.title, language),
    description: [stopName, `${url}/timetable`].join('\n'),
    location: placeOf(stop, place, language),
  };
}

function placeOf(stop: StopFacts, talk: TalkPlace | null, language: Language): string {
  const parts = [talk?.roomName ?? null, stop.venue.name, stop.venue.address, stop.city.name];
  return parts.flatMap((part) => (part === null ? [] : [inLanguage(part, language)])).join(', ');
}
