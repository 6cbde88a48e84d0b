import type { Zone } from 'luxon';
import { folded, textLine } from './content-line.js';
import { RememberedZone, dayMs } from './remembered-zone.js';
import { vTimeZone } from './v-time-zone.js';

/** How often subscribers are asked to look again (RFC 7986, 5.7). */
const refreshInterval = 'PT15M';

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
  const timed = feed.entries.map((entry) => {
    const zone = zones.get(entry.timeZone) ?? new RememberedZone(entry.timeZone);
    zones.set(entry.timeZone, zone);
    return timedEntry(entry, zone);
  });
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Waystop//Waystop//${feed.lang.toUpperCase()}`,
    'METHOD:PUBLISH',
    textLine('NAME', feed.name),
    textLine('X-WR-CALNAME', feed.name),
    ...timeZones(timed),
    `REFRESH-INTERVAL;VALUE=DURATION:${refreshInterval}`,
    `X-PUBLISHED-TTL:${refreshInterval}`,
    ...timed.flatMap(eventLines),
    'END:VCALENDAR',
    '',
  ];
  return lines.join('\r\n');
}

/** An entry, and in which zone it is shown: null for UTC. */
type TimedEntry = { entry: CalendarEntry; zone: Zone | null; startMs: number; endMs: number };

/** A local time that the clock shows twice is read differently by different programs; UTC is not. */
function timedEntry(entry: CalendarEntry, zone: Zone): TimedEntry {
  const [startMs, endMs] = [Date.parse(entry.startsAt), Date.parse(entry.endsAt)];
  const isInUtc = entry.timeZone === 'UTC' || isShownTwice(startMs, zone) || isShownTwice(endMs, zone);
  return { entry, zone: isInUtc ? null : zone, startMs, endMs };
}

/** No zone changes twice within two days. */
function isShownTwice(ms: number, zone: Zone): boolean {
  const [before, after] = [zone.offset(ms - dayMs), zone.offset(ms + dayMs)];
  if (before === after) return false;
  const local = ms + zone.offset(ms) * 60_000;
  return [before, after].every((offset) => zone.offset(local - offset * 60_000) === offset);
}

/** One VTIMEZONE for each zone, with the offsets around what is shown in it. */
function timeZones(timed: readonly TimedEntry[]): string[] {
  const instants = new Map<Zone, number[]>();
  for (const { zone, startMs, endMs } of timed) {
    if (zone === null) continue;
    const known = instants.get(zone) ?? [];
    known.push(startMs, endMs);
    instants.set(zone, known);
  }
  return [...instants].map(([zone, near]) => vTimeZone(zone, near));
}

function eventLines({ entry, zone, startMs, endMs }: TimedEntry): string[] {
  const { location, geo, description, url } = entry;
  const changedAt = compact(Date.parse(entry.lastModified));
  return [
    'BEGIN:VEVENT',
    folded(`UID:${entry.uid}`),
    `SEQUENCE:${entry.sequence}`,
    `DTSTAMP:${changedAt}Z`,
    timeLine('DTSTART', startMs, zone),
    timeLine('DTEND', endMs, zone),
    textLine('SUMMARY', entry.summary),
    ...(location === null ? [] : [textLine('LOCATION', location)]),
    ...(geo ? [`GEO:${geo.lat};${geo.lon}`] : []),
    ...(description === null || description === '' ? [] : [textLine('DESCRIPTION', description)]),
    ...(url === undefined ? [] : [folded(`URL;VALUE=URI:${url}`)]),
    `STATUS:${entry.status}`,
    `LAST-MODIFIED:${changedAt}Z`,
    'END:VEVENT',
  ];
}

function timeLine(name: string, ms: number, zone: Zone | null): string {
  if (zone === null) return `${name}:${compact(ms)}Z`;
  return `${name};TZID=${zone.name}:${compact(ms + zone.offset(ms) * 60_000)}`;
}

/** `20261212T090000`. */
function compact(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace(/[-:]/gu, '');
}
