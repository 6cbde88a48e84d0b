import { DateTime } from 'luxon';
import type { ExportEvent } from './export-event.js';

export type ExportDay = {
  index: number;
  date: string;
  day_start: string;
  day_end: string;
  rooms: Record<string, ExportEvent[]>;
};

/** Whoever speaks at two in the morning is at the end of an evening: days change at four, as in this format's home. */
const dayChangeHour = 4;

/**
 * The days of a schedule: the stop's first, where it begins, and every later one on which something takes place.
 * Every day lists every room, so that readers show the same columns on all.
 */
export function exportDays(
  events: readonly ExportEvent[],
  stop: { timeZone: string; startsAt: string },
  roomNames: readonly string[],
): ExportDay[] {
  const firstDate = DateTime.fromISO(stop.startsAt, { zone: stop.timeZone }).toISODate() ?? '';
  const dated = events.map((event) => ({ event, date: dateOf(event, firstDate) }));
  const dates = [...new Set([firstDate, ...dated.map(({ date }) => date)])].sort();
  return dates.map((date, index) => ({
    index: index + 1,
    date,
    // What begins before four on the first date has no day before it to belong to.
    day_start: at(date, index === 0 ? firstHour(dated, date) : dayChangeHour, stop.timeZone),
    day_end: at(date, 24 + dayChangeHour, stop.timeZone),
    rooms: Object.fromEntries(
      roomNames.map((room) => [
        room,
        dated.filter((entry) => entry.date === date && entry.event.room === room).map(({ event }) => event),
      ]),
    ),
  }));
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
