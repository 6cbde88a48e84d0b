import { DateTime, IANAZone } from 'luxon';
import type { RawEvent, RawSchedule } from '../schedule-file/raw-schedule.js';
import { instantsShownAs } from '#calendar';

/** How the times of a file become instants: in which zone, and onto which first day they are moved. */
export type TimeFrame = {
  /** Where the stop is: the zone of times that name none, and of all times once they are aligned. */
  stopZone: string;
  /** The zone that the file names, where it is one. */
  fileZone: string | null;
  /** Days by which each local date is moved; null leaves every instant as it is. */
  shiftDays: number | null;
};

/**
 * What the clock shows at the place of the event, in milliseconds since its own 1970, and of which clock: a zone, or
 * the instant itself where the file tells it exactly.
 */
type LocalTime = { ms: number; clock: string | number };

const dayMs = 86_400_000;
const [firstMs, lastMs] = [Date.UTC(1970, 0, 1), Date.UTC(9999, 11, 31)];

/** `align: start` moves the first day of the file onto the first day of the stop, wall clock for wall clock. */
export function timeFrame(
  schedule: RawSchedule,
  stop: { timeZone: string; startsAt: string },
  align: 'start' | null,
): TimeFrame {
  const fileZone =
    schedule.timeZone !== null && IANAZone.isValidZone(schedule.timeZone) ? schedule.timeZone : null;
  const frame = { stopZone: stop.timeZone, fileZone, shiftDays: null };
  const first = align === null ? null : firstDay(schedule, frame);
  if (first === null) return frame;
  return { ...frame, shiftDays: (firstDateOf(stop) - first.toMillis()) / dayMs };
}

/** The date on which the stop begins by its own clock, as midnight of UTC in milliseconds. */
export function firstDateOf(stop: { timeZone: string; startsAt: string }): number {
  return Date.parse(DateTime.fromISO(stop.startsAt, { zone: stop.timeZone }).toISODate() ?? '');
}

/** The start of an event as an instant of UTC, or null where the file does not say it. */
export function startOf(
  event: RawEvent,
  day: RawSchedule['days'][number],
  dayChange: string | null,
  frame: TimeFrame,
): string | null {
  const local = localStart(event, day, dayChange, frame);
  if (local === null) return null;
  const ms = instantOf(local, frame);
  if (!(ms >= firstMs && ms < lastMs)) return null;
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** Dates are moved before they become instants: the clock may skip a time on one date and show it on the next. */
function instantOf(local: LocalTime, { shiftDays, stopZone }: TimeFrame): number {
  if (shiftDays !== null) return instantsShownAs(local.ms + shiftDays * dayMs, stopZone)[0];
  return typeof local.clock === 'number' ? local.clock : instantsShownAs(local.ms, local.clock)[0];
}

/**
 * Minutes from "00:30", "1:05", "01:00:00", "PT45M" or a bare number of minutes; null for anything else.
 * Seconds count up to the next minute, so that nothing gets shorter.
 */
export function minutesOf(duration: string): number | null {
  if (/^\d{1,4}$/u.test(duration)) return Number(duration);
  const clock = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$/u.exec(duration);
  const iso = /^PT(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,2})S)?$/u.exec(duration);
  const parts = clock ?? iso;
  if (parts === null || duration === 'PT') return null;
  const [hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return (hours ?? 0) * 60 + (minutes ?? 0) + Math.ceil((seconds ?? 0) / 60);
}

function localStart(
  event: RawEvent,
  day: RawSchedule['days'][number],
  dayChange: string | null,
  frame: TimeFrame,
): LocalTime | null {
  // "date" is what the format wants to be read; files of old have a date of the day and a "start" by the clock.
  const whole = [event.date, event.start].flatMap((text) => fullTime(text, frame) ?? [])[0];
  if (whole !== undefined) return whole;
  const date = dateOnly(event.date) ?? dateOnly(day.date);
  const start = clockTime(event.start);
  if (date === null || start === null) return null;
  const change = clockTime(dayChange) ?? clockTime(day.start?.slice(11, 16) ?? null) ?? '00:00';
  // A start before the day's change is in the night that follows: days of conferences end at four in the morning.
  const ms = Date.parse(`${date}T${start}:00Z`) + (start < change ? dayMs : 0);
  return { ms, clock: frame.fileZone ?? frame.stopZone };
}

/** A date with a time. Its own offset tells the local time, except that UTC says nothing where the file names a zone. */
function fullTime(text: string | null, frame: TimeFrame): LocalTime | null {
  const iso = text?.replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/u, '$1T') ?? '';
  if (!/^\d{4}-\d{2}-\d{2}T\d/u.test(iso)) return null;
  const zone = frame.fileZone ?? frame.stopZone;
  const hasOffset = /(?:[zZ]|[+-]\d{2}:?\d{2})$/u.test(iso);
  const isUtc = /(?:[zZ]|[+-]00:?00)$/u.test(iso);
  const time = DateTime.fromISO(iso, hasOffset ? { setZone: true } : { zone: 'utc' });
  if (!time.isValid) return null;
  if (!hasOffset) return { ms: time.toMillis(), clock: zone };
  const shown = isUtc ? time.setZone(zone) : time;
  return { ms: time.toMillis() + shown.offset * 60_000, clock: time.toMillis() };
}

function firstDay(schedule: RawSchedule, frame: TimeFrame): DateTime | null {
  const dates = schedule.days.flatMap((day) => dateOnly(day.date) ?? datesOfEvents(day, schedule, frame));
  const first = dates.sort()[0];
  return first === undefined ? null : DateTime.fromISO(first, { zone: 'utc' });
}

function datesOfEvents(day: RawSchedule['days'][number], schedule: RawSchedule, frame: TimeFrame): string[] {
  return day.events.flatMap((event) => {
    const start = event === null ? null : localStart(event, day, schedule.dayChange, frame);
    return start === null || !isDate(start.ms) ? [] : [new Date(start.ms).toISOString().slice(0, 10)];
  });
}

function isDate(ms: number): boolean {
  return ms >= firstMs && ms < lastMs;
}

function dateOnly(text: string | null): string | null {
  const date = /^\d{4}-\d{2}-\d{2}$/u.exec(text ?? '')?.[0];
  return date !== undefined && DateTime.fromISO(date, { zone: 'utc' }).isValid ? date : null;
}

/** `hh:mm`, two digits each, so that times compare as texts. */
function clockTime(text: string | null): string | null {
  const [, hours, minutes] = /^(\d{1,2}):([0-5]\d)(?::[0-5]\d)?$/u.exec(text ?? '') ?? [];
  return hours === undefined || Number(hours) > 23 ? null : `${hours.padStart(2, '0')}:${minutes ?? ''}`;
}
