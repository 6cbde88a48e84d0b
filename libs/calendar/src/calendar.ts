import ical, { escape, ICalCalendarMethod, ICalEventStatus, type ICalEventData } from 'ical-generator';
import { DateTime, type Zone } from 'luxon';
import { RememberedZone } from './remembered-zone.js';
import { vTimeZone } from './v-time-zone.js';

/** How often subscribers are asked to look again (RFC 7986, 5.7). */
const refreshSeconds = 15 * 60;

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
  /** Where the location is, in degrees (WGS 84). */
  geo?: { lat: number; lon: number } | null;
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
  const zones = new Map<string, Zone>();
  const zoneOf = (name: string): Zone => {
    const zone = zones.get(name) ?? new RememberedZone(name);
    zones.set(name, zone);
    return zone;
  };
  const calendar = ical({
    // The library writes the name as it is, so a line end in it would start a property of its own.
    name: escape(printable(feed.name), false),
    prodId: { company: 'Waystop', product: 'Waystop', language: feed.lang.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    ttl: refreshSeconds,
    timezone: { name: null, generator: (name) => vTimeZone(zoneOf(name), instantsIn(name, feed.entries)) },
  });
  for (const entry of feed.entries) calendar.createEvent(eventOf(entry, zoneOf(entry.timeZone)));
  // The library leaves out the last line's end, which RFC 5545 asks for too.
  return `${calendar.toString()}\r\n`;
}

function instantsIn(timeZone: string, entries: readonly CalendarEntry[]): number[] {
  return entries
    .filter((entry) => entry.timeZone === timeZone)
    .flatMap((entry) => [Date.parse(entry.startsAt), Date.parse(entry.endsAt)]);
}

function eventOf(entry: CalendarEntry, zone: Zone): ICalEventData {
  const start = DateTime.fromMillis(Date.parse(entry.startsAt), { zone });
  const end = DateTime.fromMillis(Date.parse(entry.endsAt), { zone });
  // A local time that the clock shows twice is read differently by different programs; UTC is not.
  const isInUtc = entry.timeZone === 'UTC' || isShownTwice(start) || isShownTwice(end);
  const { location, geo } = entry;
  return {
    id: entry.uid,
    sequence: entry.sequence,
    status: ICalEventStatus[entry.status],
    start,
    end,
    timezone: isInUtc ? null : entry.timeZone,
    stamp: new Date(entry.lastModified),
    lastModified: new Date(entry.lastModified),
    summary: printable(entry.summary),
    description: entry.description === null ? null : printable(entry.description),
    location: location === null ? null : { title: printable(location), ...(geo ? { geo } : {}) },
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
