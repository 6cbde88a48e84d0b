import { shiftWallClock } from '#calendar';
import type { StopState } from '#contracts';

/** Where an instant (RFC 3339) of a stop is after it. */
export type Shift = (instant: string) => string;

/** What the moves of a stop do to what follows so many of them already: it keeps its place on the stop's clock. */
export function shiftBehind(stop: Pick<StopState, 'moves' | 'timeZone'>, movesFollowed: number): Shift {
  const moves = stop.moves.slice(movesFollowed);
  return (instant) =>
    moves.reduce(
      (at, move) => shiftWallClock(at, stop.timeZone, move.fromStartsAt, move.toStartsAt),
      instant,
    );
}

/** A time keeps its length, whatever the clocks do. */
export function shifted<Time extends { readonly startsAt: string; readonly endsAt: string }>(
  time: Time,
  shift: Shift,
): Time {
  const startsAt = shift(time.startsAt);
  const lengthMs = Date.parse(time.endsAt) - Date.parse(time.startsAt);
  const endsAt = new Date(Date.parse(startsAt) + lengthMs).toISOString().replace('.000Z', 'Z');
  return { ...time, startsAt, endsAt };
}
