const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;

/** The waits after the first, second … failure in a row of an endpoint, in milliseconds. */
const WAITS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
];
/** The waits between the tries of one message that its receiver refuses while it takes others. */
const OWN_WAITS_MS = [5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 15 * MINUTE_MS];
/** How far an hourly wait may be off, so that endpoints that failed together do not come back together. */
const HOURLY_JITTER = 0.2;
/** A receiver's `Retry-After` is kept up to this. */
const MAX_RETRY_AFTER_MS = HOUR_MS;

/**
 * How long an endpoint is left alone after a failure. Hourly in the end and no steeper: an endpoint that heals has
 * everything within an hour.
 * @param failuresInARow at least 1
 * @param retryAfterMs what the receiver asked for, if it did
 * @param chance from 0 to 1, for the jitter of hourly waits
 * @returns milliseconds
 */
export function endpointWaitMs(failuresInARow: number, retryAfterMs: number | null, chance: number): number {
  const jitter = 1 - HOURLY_JITTER + 2 * HOURLY_JITTER * chance;
  const scheduled = WAITS_MS[failuresInARow - 1] ?? Math.round(HOUR_MS * jitter);
  return Math.max(scheduled, Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS));
}

/** How long a message waits that its receiver refused for itself `tries` times; null once it had its last try. */
export function messageWaitMs(tries: number): number | null {
  return OWN_WAITS_MS[tries - 1] ?? null;
}
