import { zonedTime } from '#calendar';
import { Problem, type StopStatus } from '#contracts';
import { hasPassed } from './registration-window.js';

/** What a stop can be asked to do. An edit and a reschedule keep the status; a description is what only people read. */
export type StopMove = 'edit' | 'describe' | 'publish' | 'reschedule' | 'complete' | 'cancel';

const moves: Record<StopMove, Partial<Record<StopStatus, StopStatus>>> = {
  edit: { draft: 'draft', published: 'published' },
  describe: { draft: 'draft', published: 'published', completed: 'completed', cancelled: 'cancelled' },
  publish: { draft: 'published' },
  // The times of a draft are simply edited: nobody has to follow them yet.
  reschedule: { published: 'published' },
  complete: { published: 'completed' },
  cancel: { draft: 'cancelled', published: 'cancelled' },
};

/** What is still possible once the end of a published stop has passed, whether or not anybody completed it. */
const movesAfterEnd: ReadonlySet<StopMove> = new Set(['describe', 'complete']);

type Stop = { status: StopStatus; endsAt: string; timeZone: string };

/** The status after a move; throws `stop.invalid_transition`. */
export function moveStop(stop: Stop, move: StopMove, now: Date): StopStatus {
  const status = moves[move][stop.status];
  if (status === undefined) {
    throw new Problem('stop.invalid_transition', `The stop is ${stop.status}; ${move} is not possible then.`);
  }
  if (stop.status === 'published' && hasPassed(stop.endsAt, now) && !movesAfterEnd.has(move)) {
    throw new Problem(
      'stop.invalid_transition',
      `The stop ended at ${zonedTime(stop.endsAt, stop.timeZone)}; ${move} is not possible any more.`,
    );
  }
  return status;
}

/** A stop that the public sees from now on. Throws `stop.invalid_transition`, and `stop.in_past` after its end. */
export function publishStop<S extends Stop & { published: boolean }>(stop: S, now: Date): S {
  const status = moveStop(stop, 'publish', now);
  if (hasPassed(stop.endsAt, now)) {
    throw new Problem(
      'stop.in_past',
      `This stop ended at ${zonedTime(stop.endsAt, stop.timeZone)}; give it new times before you publish it.`,
    );
  }
  return { ...stop, status, published: true };
}

/** A stop that is over. Throws `stop.invalid_transition`, and `stop.not_started` before its start unless `early`. */
export function completeStop<S extends Stop & { startsAt: string }>(stop: S, early: boolean, now: Date): S {
  const status = moveStop(stop, 'complete', now);
  if (!early && !hasPassed(stop.startsAt, now)) {
    throw new Problem(
      'stop.not_started',
      `This stop begins at ${zonedTime(stop.startsAt, stop.timeZone)}. Say "early": true to complete it before.`,
    );
  }
  return { ...stop, status };
}

/** Throws `stop.invalid_transition`. */
export function cancelStop<S extends Stop & { cancelReason: string | null }>(
  stop: S,
  reason: string,
  now: Date,
): S {
  return { ...stop, status: moveStop(stop, 'cancel', now), cancelReason: reason };
}

/** Throws `stop.not_draft` for a stop that is or was public, or that was cancelled. */
export function refuseDeleting(stop: { status: StopStatus }): void {
  if (stop.status === 'draft') return;
  throw new Problem(
    'stop.not_draft',
    `The stop is ${stop.status}; only a draft that was never published can be deleted.`,
  );
}
