import { Problem, type RegistrationState, type StopState, type StopStatus } from '#contracts';

/** What a stop can be asked to do. An edit and a reschedule keep the status. */
export type StopMove = 'edit' | 'publish' | 'reschedule' | 'complete' | 'cancel';

const moves: Record<StopMove, Partial<Record<StopStatus, StopStatus>>> = {
  edit: { draft: 'draft', published: 'published' },
  publish: { draft: 'published' },
  // The times of a draft are simply edited: nobody has to follow them yet.
  reschedule: { published: 'published' },
  complete: { published: 'completed' },
  cancel: { draft: 'cancelled', published: 'cancelled' },
};

type Times = { startsAt: string; endsAt: string };
type Window = { opensAt: string; closesAt: string };
type Move = StopState['moves'][number];

/** How often a stop can move at most: all its moves travel in each of its events. */
export const maxMoves = 1_000;
/** Moves that keep their reasons; the reasons of older ones stay in the audit. */
const maxReasonsKept = 20;

/** The status after a move; throws `stop.invalid_transition`. */
export function moveStop(stop: { status: StopStatus }, move: StopMove): StopStatus {
  const status = moves[move][stop.status];
  if (status === undefined) {
    throw new Problem('stop.invalid_transition', `The stop is ${stop.status}; ${move} is not possible then.`);
  }
  return status;
}

/** A stop that the public sees from now on. Throws `stop.invalid_transition`, and `stop.in_past` after its end. */
export function publishStop<S extends { status: StopStatus; published: boolean; endsAt: string }>(
  stop: S,
  now: Date,
): S {
  const status = moveStop(stop, 'publish');
  if (hasPassed(stop.endsAt, now)) {
    throw new Problem(
      'stop.in_past',
      `This stop ended at ${stop.endsAt}; give it new times before you publish it.`,
    );
  }
  return { ...stop, status, published: true };
}

/** Derived from the window and the clock at every read, never stored. Both instants belong to the later state. */
export function registrationState(
  stop: { status: StopStatus; registration: Window },
  now: Date,
): RegistrationState {
  switch (stop.status) {
    case 'draft':
      return 'not_open';
    case 'completed':
    case 'cancelled':
      return 'closed';
    case 'published':
      if (!hasPassed(stop.registration.opensAt, now)) return 'not_open';
      return hasPassed(stop.registration.closesAt, now) ? 'closed' : 'open';
  }
}

/** The instant at which the clock alone will change the registration state next, or null where it never will. */
export function nextRegistrationChange(
  stop: { status: StopStatus; registration: Window },
  now: Date,
): string | null {
  if (stop.status !== 'published') return null;
  return [stop.registration.opensAt, stop.registration.closesAt].find((at) => !hasPassed(at, now)) ?? null;
}

/**
 * A stop at its new times; the same object where these are the times it has. Throws `request.invalid` for an end that
 * is not after the start, `stop.in_past` for an end that has passed, `stop.invalid_transition` for a stop that is
 * not published.
 */
export function rescheduleStop<
  S extends Times & { status: StopStatus; registration: Window; moves: readonly Move[] },
>(stop: S, to: Times, reason: string | null, now: Date): S {
  moveStop(stop, 'reschedule');
  if (Date.parse(to.startsAt) >= Date.parse(to.endsAt)) {
    const message = 'must be after startsAt';
    throw new Problem('request.invalid', `endsAt ${message}.`, { errors: [{ pointer: '/endsAt', message }] });
  }
  if (hasPassed(to.endsAt, now)) throw new Problem('stop.in_past', `The new end ${to.endsAt} has passed.`);
  if (sameTimes(stop, to)) return stop;
  return {
    ...stop,
    startsAt: to.startsAt,
    endsAt: to.endsAt,
    registration: { ...stop.registration, ...windowCutTo(to.endsAt, stop.registration) },
    moves: withMove(stop.moves, { fromStartsAt: stop.startsAt, toStartsAt: to.startsAt, reason }),
  };
}

/** The moves so far and one more. Neighbours count them, so none is ever left out. */
function withMove(before: readonly Move[], move: Move): Move[] {
  if (before.length >= maxMoves) {
    throw new Problem('stop.invalid_transition', `This stop has been rescheduled ${maxMoves} times.`);
  }
  const all = [...before, move];
  return all.map((one, index) => (index < all.length - maxReasonsKept ? { ...one, reason: null } : one));
}

/**
 * A window that would end after the stop is cut to its end. Where that leaves nothing, since it would only have
 * opened then, the whole window moves back instead: it keeps its length and closes when the stop ends.
 */
export function windowCutTo(endsAt: string, window: Window): Window {
  const [opens, closes, end] = [window.opensAt, window.closesAt, endsAt].map((at) => Date.parse(at));
  if (opens === undefined || closes === undefined || end === undefined || closes <= end) return window;
  if (opens < end) return { opensAt: window.opensAt, closesAt: endsAt };
  return { opensAt: new Date(end - (closes - opens)).toISOString().replace('.000Z', 'Z'), closesAt: endsAt };
}

function hasPassed(at: string, now: Date): boolean {
  return Date.parse(at) <= now.getTime();
}

function sameTimes(a: Times, b: Times): boolean {
  return Date.parse(a.startsAt) === Date.parse(b.startsAt) && Date.parse(a.endsAt) === Date.parse(b.endsAt);
}
