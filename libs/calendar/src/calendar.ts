import ical, { escape, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { DateTime } from 'luxon';
import { folded } from './folded.js';
import { vTimeZone } from './v-time-zone.js';

/** One VEVENT of RFC 5545. Instants are RFC 3339; `timeZone` is the IANA name in which the entry is shown. */
export type CalendarEntry = {
  /** Stable for the life of the thing it shows, and the same in every feed. */
  uid: string;
  /** Raised by every change, so that calendars which subscribed follow (RFC 5545, 3.8.7.4). */
  sequence: number;
  status: 'CONFIRMED' | 'CANCELLED';
  startsAt: string;
  endsAt: string;
  timeZone: string;
  summary: string;
  description: string | null;
  location: string | null;
  /** Also the DTSTAMP: the same entries give the same octets, which an ETag needs. */
  lastModified: string;
  url?: string;
};

/** The text of an iCalendar object: CRLF line ends, lines of at most 75 octets, a VTIMEZONE for each zone. */
export function calendarOf(feed: {
  name: string;
  lang: 'zh' | 'en';
  entries: readonly CalendarEntry[];
}): string {
  const calendar = ical({
    // The library writes the name as it is, so a line end in it would start a property of its own.
    name: escape(printable(feed.name), false),
    prodId: { company: 'Waystop', product: 'Waystop', language: feed.lang.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    timezone: {
      name: null,
      generator: (zone) =>
        vTimeZone(
          zone,
          feed.entries.filter((entry) => entry.timeZone === zone),
        ),
    },
  });
  for (const [index, entry] of feed.entries.entries()) calendar.createEvent(eventOf(entry, index));
  // The library leaves out the last line's end, which RFC 5545 asks for too.
  return `${withDescriptions(calendar.toString(), feed.entries)}\r\n`;
}

/**
 * Puts the descriptions where the library wrote their numbers. It folds by encoding each character on its own, which
 * for the timetable of a large conference took seconds, and the whole process stood still meanwhile.
 */
function withDescriptions(text: string, entries: readonly CalendarEntry[]): string {
  return text.replace(/(?<=\r\n)DESCRIPTION:(\d+)(?=\r\n)/gu, (_, index) => {
    const description = printable(entries[Number(index)]?.description ?? '');
    return folded(`DESCRIPTION:${escape(description, false)}`);
  });
}

function eventOf(entry: CalendarEntry, index: number) {
  const start = DateTime.fromISO(entry.startsAt, { zone: entry.timeZone });
  const end = DateTime.fromISO(entry.endsAt, { zone: entry.timeZone });
  return {
    id: entry.uid,
    sequence: entry.sequence,
    status: ICalEventStatus[entry.status],
    start,
    end,
    // A local time that the clock shows twice is read differently by different programs; UTC is not.
    timezone: isShownTwice(start) || isShownTwice(end) ? null : entry.timeZone,
    stamp: new Date(entry.lastModified),
    lastModified: new Date(entry.lastModified),
    summary: printable(entry.summary),
    description: entry.description === null ? null : String(index),
    location: entry.location === null ? null : printable(entry.location),
    url: entry.url ?? null,
  };
}

function isShownTwice(time: DateTime): boolean {
  return time.getPossibleOffsets().length > 1;
}

/** RFC 5545 allows no control character but the tab in a text; half a surrogate pair has no UTF-8 form. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- These characters are what must go.
  return text.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/gu, '');
}
