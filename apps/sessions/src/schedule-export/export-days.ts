import { DateTime } from 'luxon';
import type { Members } from '../schedule-file/members.js';
import type { ExportEvent } from './export-event.js';

export type ExportDay = {
  index: number;
  date: string;
  day_start: string;
  day_end: string;
  /** In the stop's order. */
  rooms: { name: string; events: ExportEvent[] }[];
  /** What the file says of the day besides. */
  more: Members;
};

/** A talk at two in the morning belongs to the evening before: days change at four, as at the format's home. */
const dayChangeHour = 4;
/** A stop lasts 31 days at most, which can be on 32 dates. */
const maxDays = 32;

/**
 * The days of a schedule: from the stop's first to the last one on which something takes place. One between them on
 * which nothing does keeps its number. Every day lists every room, so that readers show the same columns on all.
 */
export function exportDays(
  events: readonly ExportEvent[],
  stop: { timeZone: string; startsAt: string },
  roomNames: readonly string[],
  said: readonly { day: number; more: Members }[] = [],
): ExportDay[] {
  const firstDate = DateTime.fromISO(stop.startsAt, { zone: stop.timeZone }).toISODate() ?? '';
  const dated = events.map((event) => ({ event, date: dateOf(event, firstDate) }));
  const dates = datesBetween(
    firstDate,
    dated
      .map(({ date }) => date)
      .sort()
      .at(-1) ?? firstDate,
  );
  const byPlace = new Map<string, ExportEvent[]>();
  for (const { event, date } of dated) {
    const key = placeKey(date, event.room);
    byPlace.set(key, [...(byPlace.get(key) ?? []), event]);
  }
  return dates.map((date, index) => ({
    index: index + 1,
    date,
    // What begins before four on the first date has no day before it to belong to.
    day_start: at(date, index === 0 ? firstHour(dated, date) : dayChangeHour, stop.timeZone),
    day_end: at(date, 24 + dayChangeHour, stop.timeZone),
    rooms: roomNames.map((name) => ({
      name,
      events: byPlace.get(placeKey(date, name)) ?? [],
    })),
    more: said.find(({ day }) => day === index + 1)?.more ?? {},
  }));
}

/** At least the first. */
function datesBetween(first: string, last: string): string[] {
  const days = Math.max(0, Math.min(maxDays - 1, (Date.parse(last) - Date.parse(first)) / 86_400_000));
  return Array.from({ length: days + 1 }, (_, day) =>
    new Date(Date.parse(first) + day * 86_400_000).toISOString().slice(0, 10),
  );
}

function placeKey(date: string, room: string): string {
  return `${date} ${room}`;
}

function dateOf(event: ExportEvent, firstDate: string): string {
  const local = DateTime.fromISO(event.date, { setZone: true });
  const date = (local.hour < dayChangeHour ? local.minus({ days: 1 }) : local).toFormat('yyyy-LL-dd');
  return date < firstDate ? firstDate : date;
}

function firstHour(dated: readonly { event: ExportEvent; date: string }[], date: string): number {
  return dated.some(({ event }) => event.date.startsWith(date) && event.start < '04:00') ? 0 : dayChangeHour;
}

function at(date: string, hour: number, zone: string): string {
  const day = DateTime.fromISO(date, { zone }).plus({ days: Math.floor(hour / 24) });
  return day.set({ hour: hour % 24 }).toISO({ suppressMilliseconds: true }) ?? '';
}
