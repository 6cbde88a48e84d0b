import type { ExampleStop } from './example.js';

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
/** Registration closes two days before the stop; this leaves three weeks or a little less to try things out. */
const leadMs = 21 * dayMs;

/** How far the example's dates move so that the stop lies ahead: whole weeks, so that a Friday stays a Friday. */
export function shiftInto(comingFrom: Date, stop: Pick<ExampleStop, 'startsAt'>): number {
  const missingMs = comingFrom.getTime() + leadMs - Date.parse(stop.startsAt);
  return Math.max(0, Math.ceil(missingMs / weekMs)) * weekMs;
}

/** China has had no summer time since 1991, so moving instants moves the clock on the wall equally. */
export function moved(instant: string, shiftMs: number): string {
  return new Date(Date.parse(instant) + shiftMs).toISOString().replace('.000Z', 'Z');
}

export function movedStop(stop: ExampleStop, shiftMs: number): ExampleStop {
  const { opensAt, closesAt } = stop.registration;
  return {
    ...stop,
    startsAt: moved(stop.startsAt, shiftMs),
    endsAt: moved(stop.endsAt, shiftMs),
    registration: { opensAt: moved(opensAt, shiftMs), closesAt: moved(closesAt, shiftMs) },
  };
}

export function dayOf(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(instant));
}

export function clockOf(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  );
}
