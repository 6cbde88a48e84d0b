import type { Session } from '#contracts/sessions';
import { isSamePlace, placeOf } from './place.js';

/**
 * The sessions that somebody else has moved between two states of the plan. What this browser did itself is known by the
 * versions that it was answered with.
 */
export function movedByOthers(
  before: readonly Session[],
  after: readonly Session[],
  isOwn: (session: Session) => boolean,
): Session[] {
  const known = new Map(before.map((one) => [one.id, one]));
  return after.filter((one) => {
    const earlier = known.get(one.id);
    if (earlier === undefined || earlier.version === one.version || isOwn(one)) return false;
    return !isSamePlace(placeOf(earlier), placeOf(one));
  });
}

/** An answer that was on its way while a newer one came does not turn the plan back. */
export function newest(known: readonly Session[] | undefined, fetched: readonly Session[]): Session[] {
  const versions = new Map(known?.map((one) => [one.id, one]));
  return fetched.map((one) => {
    const mine = versions.get(one.id);
    return mine !== undefined && mine.version > one.version ? mine : one;
  });
}
