import { DateTime } from 'luxon';

/**
 * Moves an instant of a stop along when the stop moves: by the same shift of the wall clock, so that what began at
 * 09:30 on the first day still does, whatever the clocks of that zone did in between. Lengths in minutes stay as they are.
 *
 * A local time that the clock skips becomes the one as long after the gap (02:30 becomes 03:30), as RFC 5545 and
 * Temporal's "compatible" have it. A local time that it shows twice is the first of the two, unless that lies before
 * the new start of the stop and the instant did not.
 * @param at the instant to move
 * @param from the former start of the stop
 * @param to its new start
 */
export function shiftWallClock(at: string, zone: string, from: string, to: string): string {
  if (Date.parse(from) === Date.parse(to)) return at;
  const shift = localMs(to, zone) - localMs(from, zone);
  const candidates = instantsShownAs(localMs(at, zone) + shift, zone);
  const wasInside = Date.parse(at) >= Date.parse(from);
  const chosen = candidates.find((ms) => !wasInside || ms >= Date.parse(to)) ?? candidates[0];
  return new Date(chosen).toISOString().replace('.000Z', 'Z');
}

/** What the wall clock shows, as milliseconds since its own 1970. */
function localMs(at: string, zone: string): number {
  const time = DateTime.fromISO(at, { zone });
  return time.toMillis() + time.offset * 60_000;
}

/**
 * The instants at which the wall clock shows this, in order; where it never does, the instant as long after the gap.
 * @param local milliseconds since the wall clock's own 1970
 */
export function instantsShownAs(local: number, zone: string): [number, ...number[]] {
  const [before, after] = [offsetAt(local - 86_400_000, zone), offsetAt(local + 86_400_000, zone)];
  const shown = [...new Set([before, after])]
    .map((offset) => ({ offset, at: local - offset * 60_000 }))
    .filter(({ offset, at }) => offsetAt(at, zone) === offset)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  const [first, ...rest] = shown;
  // In a gap neither offset fits; the one from before the gap carries the time over it.
  return first === undefined ? [local - before * 60_000] : [first, ...rest];
}

function offsetAt(ms: number, zone: string): number {
  return DateTime.fromMillis(ms, { zone }).offset;
}
