import { HOUR_MS, endpointWaitMs, messageWaitMs } from './retry-schedule.js';

/** What an endpoint has been through. Instants are milliseconds since 1970. */
export interface Lane {
  readonly state: LaneState;
  readonly failuresInARow: number;
  readonly lastFailureAt: number | null;
  /** When the endpoint last took a message, or when it was activated. */
  readonly lastSuccessAt: number;
  /** Nothing is sent before this. */
  readonly nextAt: number;
}

/** `gone`: the endpoint said so (410); `disabled`: it took nothing for days. Both end by the owner's hand alone. */
export type LaneState = 'active' | 'gone' | 'disabled';

/** One message for one endpoint. */
export interface Delivery {
  readonly id: string;
  /** Deliveries of one key arrive in the order of their positions; other keys overtake each other. */
  readonly key: string;
  readonly position: number;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly createdAt: number;
  readonly firstFailedAt: number | null;
  /** Not tried before this; 0 where nothing holds it back but its lane. */
  readonly nextAt: number;
  /** Whether its last refusal spoke of this message alone (`isOwnFault`). */
  readonly refused: boolean;
}

export type DeliveryState = 'waiting' | 'delivered' | 'failed' | 'expired';

/** How one attempt ended. */
export type Outcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'unreachable' };

/** Failures in a row from which an endpoint counts as down: then one message at a time is tried. */
export const FAILURES_UNTIL_DOWN = 3;
/** A message is given up after this. */
export const MAX_AGE_MS = 72 * HOUR_MS;
/** An endpoint that took nothing for this long is disabled. */
export const MAX_SILENCE_MS = 120 * HOUR_MS;

/** Client errors that say nothing against the message: time-outs, "too early", "too many". */
const TRANSIENT_CLIENT_ERRORS = new Set([408, 410, 425, 429]);

/** Whether an endpoint failed so often in a row that one message at a time is tried. */
export function isDown(lane: Lane): boolean {
  return lane.failuresInARow >= FAILURES_UNTIL_DOWN;
}

/** Whether an answer may be meant for this message alone: a client error that is not a matter of time. */
export function isOwnFault(outcome: Outcome): boolean {
  if (outcome.kind !== 'answered') return false;
  return outcome.status >= 400 && outcome.status < 500 && !TRANSIENT_CLIENT_ERRORS.has(outcome.status);
}

/**
 * The next state of a lane and a delivery after an attempt.
 * @param startedAt when the attempt began: of attempts under way together, the failures count as one
 * @param chance from 0 to 1, for the jitter
 */
export function settleAttempt(
  lane: Lane,
  delivery: Delivery,
  outcome: Outcome,
  { startedAt, now, chance }: { startedAt: number; now: number; chance: number },
): { lane: Lane; delivery: Delivery } {
  const attempts = delivery.attempts + 1;
  if (outcome.kind === 'delivered')
    return {
      lane: { ...lane, failuresInARow: 0, lastSuccessAt: now, nextAt: Math.min(lane.nextAt, now) },
      delivery: { ...delivery, state: 'delivered', attempts },
    };
  const failed: Delivery = {
    ...delivery,
    attempts,
    firstFailedAt: delivery.firstFailedAt ?? now,
    refused: isOwnFault(outcome),
  };
  if (failed.refused && delivery.firstFailedAt !== null && lane.lastSuccessAt > delivery.firstFailedAt)
    return { lane, delivery: refusedMessage(failed, now) };
  return {
    lane: failedLane(lane, outcome, { startedAt, now, chance }),
    delivery: now - delivery.createdAt >= MAX_AGE_MS ? { ...failed, state: 'expired' } : failed,
  };
}

/** The endpoint takes others and not this one: a few tries of its own, then it is set aside. */
function refusedMessage(delivery: Delivery, now: number): Delivery {
  const waitMs = messageWaitMs(delivery.attempts);
  return waitMs === null ? { ...delivery, state: 'failed' } : { ...delivery, nextAt: now + waitMs };
}

function failedLane(
  lane: Lane,
  outcome: Exclude<Outcome, { kind: 'delivered' }>,
  { startedAt, now, chance }: { startedAt: number; now: number; chance: number },
): Lane {
  if (outcome.kind === 'answered' && outcome.status === 410) return { ...lane, state: 'gone' };
  const countedAlready = lane.lastFailureAt !== null && startedAt < lane.lastFailureAt;
  const failuresInARow = countedAlready ? lane.failuresInARow : lane.failuresInARow + 1;
  const retryAfterMs = outcome.kind === 'answered' ? outcome.retryAfterMs : null;
  return {
    ...lane,
    state: now - lane.lastSuccessAt >= MAX_SILENCE_MS ? 'disabled' : lane.state,
    failuresInARow,
    lastFailureAt: now,
    nextAt: Math.max(lane.nextAt, now + endpointWaitMs(Math.max(1, failuresInARow), retryAfterMs, chance)),
  };
}
