import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import {
  sessionsOfDay,
  shownHours,
  startsOf,
  stopDays,
  type Hours,
  type Step,
  type StopDay,
} from './hours.js';
import { inOrder } from './place.js';

/** What of the plan is shown. */
export interface View {
  /** As `2027-01-16`; `null` for the first day. */
  readonly day: string | null;
  readonly step: Step;
  /** The rooms that are left out. */
  readonly hidden: readonly string[];
  readonly isWhole: boolean;
}

/** One day of the plan, ready to be drawn. */
export interface Scene {
  readonly days: readonly StopDay[];
  readonly day: StopDay;
  readonly hours: Hours;
  readonly rooms: Stop['rooms'];
  /** The sessions of the day in these rooms, in order of time and then of rooms. */
  readonly placed: readonly Session[];
  readonly unscheduled: readonly Session[];
  readonly pixelsPerMinute: number;
  readonly step: Step;
}

/** A short session stays high enough to be read and hit. */
const pixelsPerMinute: Readonly<Record<Step, number>> = { 30: 1.6, 15: 2.4, 5: 4.8 };

export function sceneOf(stop: Stop, sessions: readonly Session[], view: View): Scene | null {
  const days = stopDays(stop);
  const day = days.find(({ date }) => date === view.day) ?? days[0];
  if (day === undefined) return null;
  const shown = stop.rooms.filter(({ id }) => !view.hidden.includes(id));
  const rooms = shown.length === 0 ? stop.rooms : shown;
  const roomIds = rooms.map(({ id }) => id);
  const ofDay = sessionsOfDay(sessions, day.date, stop.timeZone);
  return {
    days,
    day,
    hours: shownHours(day, sessions, stop.timeZone, view.isWhole),
    rooms,
    placed: inOrder(
      ofDay.filter(({ roomId }) => roomId !== null && roomIds.includes(roomId)),
      roomIds,
    ),
    unscheduled: sessions.filter(({ status }) => status === 'accepted'),
    pixelsPerMinute: pixelsPerMinute[view.step],
    step: view.step,
  };
}

/** The starts that are offered on a day; one that a session has already is among them. */
export function startsOffered(scene: Scene, day: StopDay, timeZone: string, session: Session): number[] {
  const starts = startsOf(day, scene.step, timeZone);
  const own = session.startsAt === null ? NaN : Date.parse(session.startsAt);
  if (own >= day.fromMs && own < day.toMs && !starts.includes(own)) starts.push(own);
  return starts.sort((a, b) => a - b);
}
