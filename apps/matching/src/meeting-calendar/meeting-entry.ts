import type { CalendarEntry } from '#calendar';
import { inLanguage, type Localized, type MeetingStatus } from '#contracts';

/** A meeting that has or had a place, as one of its companies sees it: nothing of persons. */
export interface CalendarMeeting {
  readonly id: string;
  readonly status: MeetingStatus;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly tableNo: number;
  readonly version: number;
  readonly changedAt: string;
}

const takingPlace: readonly MeetingStatus[] = ['scheduled', 'held', 'missed'];

/** The entry of a meeting in its company's calendar. The UID stays; every change raises SEQUENCE. */
export function meetingEntry(
  meeting: CalendarMeeting,
  partner: Localized | null,
  stop: { readonly timeZone: string; readonly venue: Localized },
  language: 'zh' | 'en',
): CalendarEntry {
  const name = partner === null ? null : inLanguage(partner, language);
  const venue = inLanguage(stop.venue, language);
  return {
    uid: `meeting-${meeting.id}@waystop`,
    sequence: meeting.version,
    status: takingPlace.includes(meeting.status) ? 'CONFIRMED' : 'CANCELLED',
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    timeZone: stop.timeZone,
    summary: language === 'zh' ? `洽谈：${name ?? '企业'}` : `Meeting: ${name ?? 'a company'}`,
    description: null,
    location: language === 'zh' ? `${venue} ${meeting.tableNo} 号桌` : `${venue}, table ${meeting.tableNo}`,
    lastModified: meeting.changedAt,
  };
}
