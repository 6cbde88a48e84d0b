import { minuteMs } from './place.js';
import type { Hours, Step, StopDay } from './hours.js';

/** Where a lifted session hovers. */
export interface Target {
  readonly roomId: string;
  readonly startMs: number;
}

export interface KeySurroundings {
  readonly roomIds: readonly string[];
  readonly days: readonly StopDay[];
  /** The day that is shown. */
  readonly day: StopDay;
  readonly step: Step;
  readonly lengthMs: number;
}

const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Where a key takes a lifted session, or `null` for a key that moves nothing. It stays within the stop and its rooms. */
export function steppedBy(
  key: string,
  isShift: boolean,
  target: Target,
  around: KeySurroundings,
): Target | null {
  const stepMs = isShift ? hourMs : around.step * minuteMs;
  switch (key) {
    case 'ArrowUp':
      return inTime(target, -stepMs, around);
    case 'ArrowDown':
      return inTime(target, stepMs, around);
    case 'ArrowLeft':
      return inRooms(target, -1, around);
    case 'ArrowRight':
      return inRooms(target, 1, around);
    case 'Home':
      return { ...target, startMs: around.day.fromMs };
    case 'End':
      return { ...target, startMs: lastStart(around.day, around.lengthMs) };
    case 'PageUp':
      return onDay(target, -1, around);
    case 'PageDown':
      return onDay(target, 1, around);
    default:
      return null;
  }
}

function inTime(target: Target, byMs: number, { day, lengthMs }: KeySurroundings): Target {
  return { ...target, startMs: within(target.startMs + byMs, day, lengthMs) };
}

function inRooms(target: Target, by: number, { roomIds }: KeySurroundings): Target {
  const at = roomIds.indexOf(target.roomId) + by;
  return { ...target, roomId: roomIds[Math.min(roomIds.length - 1, Math.max(0, at))] ?? target.roomId };
}

/** The same time of another day, as far as the stop is open then. */
function onDay(target: Target, by: number, { days, day, lengthMs }: KeySurroundings): Target {
  const other = days[days.findIndex(({ date }) => date === day.date) + by];
  if (other === undefined) return target;
  const elapsedDays = Math.round((Date.parse(other.date) - Date.parse(day.date)) / dayMs);
  return { ...target, startMs: within(target.startMs + elapsedDays * dayMs, other, lengthMs) };
}

function within(ms: number, day: Hours, lengthMs: number): number {
  return Math.max(day.fromMs, Math.min(lastStart(day, lengthMs), ms));
}

function lastStart(day: Hours, lengthMs: number): number {
  return Math.max(day.fromMs, day.toMs - lengthMs);
}

/** A session in the plan, as moving the focus sees it. */
export interface Placed {
  readonly id: string;
  readonly room: number;
  readonly startMs: number;
}

/** The session that an arrow leads to from another: along its room, or the nearest in time of the next room that has any. */
export function neighbour(key: string, from: Placed, all: readonly Placed[]): Placed | null {
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const isDown = key === 'ArrowDown';
    const inRoom = all.filter(
      (one) => one.room === from.room && (isDown ? one.startMs > from.startMs : one.startMs < from.startMs),
    );
    return nearest(inRoom, ({ startMs }) => Math.abs(startMs - from.startMs));
  }
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  const aside = all.filter((one) => (key === 'ArrowRight' ? one.room > from.room : one.room < from.room));
  const room = nearest(aside, (one) => Math.abs(one.room - from.room))?.room;
  return nearest(
    aside.filter((one) => one.room === room),
    ({ startMs }) => Math.abs(startMs - from.startMs),
  );
}

function nearest(all: readonly Placed[], distance: (one: Placed) => number): Placed | null {
  let best: Placed | null = null;
  for (const one of all) if (best === null || distance(one) < distance(best)) best = one;
  return best;
}
