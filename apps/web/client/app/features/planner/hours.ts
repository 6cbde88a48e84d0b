import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { instantOf } from '../../../../shared/local-time.js';
import { dayOf, minuteOfDay } from '../../../../shared/time.js';
import { minuteMs } from './place.js';

/** A range of instants, in milliseconds. */
export interface Hours {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One day of a stop: the stop's own hours of it. */
export interface StopDay extends Hours {
  /** On the stop's calendar, as `2027-01-16`. */
  readonly date: string;
}

/** Minutes between two starts that the plan offers. */
export const steps = [5, 15, 30] as const;
export type Step = (typeof steps)[number];

type Frame = Pick<Stop, 'startsAt' | 'endsAt' | 'timeZone'>;
const [usualFirstHour, usualLastHour] = [8, 20];
const hourMs = 60 * minuteMs;

/** The days of a stop on its own clock; a stop that ends at midnight does not reach into the next day. */
export function stopDays({ startsAt, endsAt, timeZone }: Frame): StopDay[] {
  const [startMs, endMs] = [Date.parse(startsAt), Date.parse(endsAt)];
  const days: StopDay[] = [];
  let date = dayOf(startsAt, timeZone);
  const last = dayOf(new Date(endMs - 1).toISOString(), timeZone);
  while (date <= last) {
    const next = dayAfter(date);
    days.push({
      date,
      fromMs: Math.max(startMs, midnight(date, timeZone)),
      toMs: Math.min(endMs, midnight(next, timeZone)),
    });
    date = next;
  }
  return days;
}

/** Full hours of a day to draw: the usual ones of the stop's, what is planned beside them, or all of the stop's. */
export function shownHours(
  day: StopDay,
  sessions: readonly Session[],
  timeZone: string,
  isWhole: boolean,
): Hours {
  const dayMs = midnight(day.date, timeZone);
  const usual = {
    fromMs: Math.max(day.fromMs, dayMs + usualFirstHour * hourMs),
    toMs: Math.min(day.toMs, dayMs + usualLastHour * hourMs),
  };
  const base = isWhole || usual.fromMs >= usual.toMs ? day : usual;
  const planned = sessionsOfDay(sessions, day.date, timeZone);
  const fromMs = Math.min(base.fromMs, ...planned.map(({ startsAt }) => Date.parse(startsAt ?? '')));
  const toMs = Math.max(base.toMs, ...planned.map(({ endsAt }) => Date.parse(endsAt ?? '')));
  return { fromMs: fullHour(fromMs, timeZone, 'before'), toMs: fullHour(toMs, timeZone, 'after') };
}

/** Whether some of the stop's hours of the day are left out. */
export function hasMore(day: StopDay, hours: Hours): boolean {
  return day.fromMs < hours.fromMs || day.toMs > hours.toMs;
}

export function sessionsOfDay(sessions: readonly Session[], date: string, timeZone: string): Session[] {
  return sessions.filter(({ startsAt }) => startsAt !== null && dayOf(startsAt, timeZone) === date);
}

/** The start nearest to an instant that lies on a step of the stop's clock. */
export function snapped(ms: number, step: Step, timeZone: string): number {
  const hour = fullHour(ms, timeZone, 'before');
  return hour + Math.round((ms - hour) / (step * minuteMs)) * step * minuteMs;
}

/** Every start of a day on a step of the clock, within the stop's hours. */
export function startsOf(day: Hours, step: Step, timeZone: string): number[] {
  const starts: number[] = [];
  for (let ms = fullHour(day.fromMs, timeZone, 'before'); ms < day.toMs; ms += step * minuteMs)
    if (ms >= day.fromMs) starts.push(ms);
  return starts;
}

/** The hours to write beside the plan. */
export function hourMarks({ fromMs, toMs }: Hours): number[] {
  return Array.from({ length: Math.round((toMs - fromMs) / hourMs) }, (_, at) => fromMs + at * hourMs);
}

function fullHour(ms: number, timeZone: string, side: 'before' | 'after'): number {
  const overMs = (minuteOfDay(new Date(ms).toISOString(), timeZone) % 60) * minuteMs + (ms % minuteMs);
  return overMs === 0 ? ms : ms - overMs + (side === 'after' ? hourMs : 0);
}

function midnight(date: string, timeZone: string): number {
  return Date.parse(instantOf(`${date}T00:00`, timeZone) ?? `${date}T00:00:00Z`);
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 24 * hourMs).toISOString().slice(0, 10);
}
