import { Problem, type RegistrationState, type StopStatus } from '#contracts';

/** What a stop can be asked to do. A reschedule keeps the status. */
export type StopMove = 'publish' | 'reschedule' | 'complete' | 'cancel';

const moves: Record<StopMove, Partial<Record<StopStatus, StopStatus>>> = {
  publish: { draft: 'published' },
  // A draft may also simply be patched; refusing it here would help nobody.
  reschedule: { draft: 'draft', published: 'published' },
  complete: { published: 'completed' },
  cancel: { draft: 'cancelled', published: 'cancelled' },
};

type Times = { startsAt: string; endsAt: string };
type Window = { opensAt: string; closesAt: string };

/** The status after a move; throws `stop.invalid_transition`, and `stop.in_past` for a publish after the end. */
export function moveStop(
  stop: { status: StopStatus; endsAt: string },
  move: StopMove,
  now: Date,
): StopStatus {
  const status = moves[move][stop.status];
  if (status === undefined) {
    throw new Problem('stop.invalid_transition', `This stop is ${stop.status}: it can't ${move} any more.`);
  }
  if (move === 'publish' && hasPassed(stop.endsAt, now)) {
    throw new Problem(
      'stop.in_past',
      `This stop ended at ${stop.endsAt}; give it new times before you publish it.`,
    );
  }
  return status;
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
 * A stop at its new times. Throws `request.invalid` for an end that is not after the start, `stop.in_past` for an end
 * that has passed, `stop.invalid_transition` for a stop that is over.
 */
export function rescheduleStop<S extends Times & { status: StopStatus; registration: Window }>(
  stop: S,
  to: Times,
  now: Date,
): S {
  moveStop(stop, 'reschedule', now);
  if (Date.parse(to.startsAt) >= Date.parse(to.endsAt)) {
    const message = 'must be after startsAt';
    throw new Problem('request.invalid', `endsAt ${message}.`, { errors: [{ pointer: '/endsAt', message }] });
  }
  if (hasPassed(to.endsAt, now)) throw new Problem('stop.in_past', `The new end ${to.endsAt} has passed.`);
  return {
    ...stop,
    ...to,
    registration: { ...stop.registration, ...windowCutTo(to.endsAt, stop.registration) },
  };
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
