import { zonedTime } from '#calendar';
import { Problem, type StopState, type StopStatus } from '#contracts';
import { hasPassed, movedWindow, type NamedWindow, type RegistrationWindow } from './registration-window.js';
import { refuseFaults, timeFaults } from './stop-faults.js';
import { moveStop } from './stop-lifecycle.js';

type Times = { startsAt: string; endsAt: string };
type Move = StopState['moves'][number];

/** How often a stop can move at most: all its moves travel in each of its events. */
export const maxMoves = 1_000;
/** Moves that keep their reasons; the reasons of older ones stay in the audit. */
const maxReasonsKept = 20;

interface Reschedulable extends Times {
  status: StopStatus;
  timeZone: string;
  registration: RegistrationWindow;
  moves: readonly Move[];
}

/**
 * A stop at its new times; the same object where nothing would change. Throws `request.invalid` for times or a window
 * that a stop can't have, `stop.in_past` for an end that has passed, `stop.invalid_transition` for a stop that is not
 * published or is over.
 */
export function rescheduleStop<S extends Reschedulable>(
  stop: S,
  to: Times & { registration?: NamedWindow | undefined },
  reason: string | null,
  now: Date,
): S {
  moveStop(stop, 'reschedule', now);
  const window = movedWindow(stop, to, to.registration ?? {});
  refuseFaults(timeFaults({ ...to, registration: window }));
  if (hasPassed(to.endsAt, now)) {
    throw new Problem('stop.in_past', `The new end ${zonedTime(to.endsAt, stop.timeZone)} has passed.`);
  }
  const moved = { ...stop, registration: { ...stop.registration, ...window } };
  if (!sameTimes(stop, to)) {
    const move = { fromStartsAt: stop.startsAt, toStartsAt: to.startsAt, reason };
    return { ...moved, startsAt: to.startsAt, endsAt: to.endsAt, moves: withMove(stop.moves, move) };
  }
  return sameWindow(stop.registration, window) ? stop : moved;
}

/** The moves so far and one more. Other services count them, so none is ever left out. */
function withMove(before: readonly Move[], move: Move): Move[] {
  if (before.length >= maxMoves) {
    throw new Problem('stop.invalid_transition', `This stop has been rescheduled ${maxMoves} times.`);
  }
  const all = [...before, move];
  return all.map((one, index) => (index < all.length - maxReasonsKept ? { ...one, reason: null } : one));
}

function sameTimes(a: Times, b: Times): boolean {
  return sameInstant(a.startsAt, b.startsAt) && sameInstant(a.endsAt, b.endsAt);
}

function sameWindow(a: RegistrationWindow, b: RegistrationWindow): boolean {
  return (
    sameInstant(a.opensAt, b.opensAt) &&
    sameInstant(a.closesAt, b.closesAt) &&
    sameInstant(a.changesUntil, b.changesUntil)
  );
}

function sameInstant(a: string | null, b: string | null): boolean {
  return a === null || b === null ? a === b : Date.parse(a) === Date.parse(b);
}
