export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Who comes for a company, and when they can't. */
export interface Comers {
  /** Who stands for the company, in its order. */
  readonly persons: readonly string[];
  readonly delegation: readonly string[];
  /** When each of the delegation is in a session, as a speaker or by sign-up. */
  readonly taken: ReadonlyMap<string, readonly Period[]>;
  /** When nobody of the company has time. */
  readonly unavailable: readonly Period[];
  readonly maxMeetings: number | null;
}

/** The person that comes to a meeting: the named one while it is in the delegation, else the first who stands. */
export function personOf(comers: Comers | undefined, named: string | null): string | null {
  if (comers === undefined) return null;
  if (named !== null && comers.delegation.includes(named)) return named;
  return comers.persons[0] ?? null;
}

/** The same for a meeting that has a place: who is booked stays, while in the delegation. */
export function personFor(
  comers: Comers | undefined,
  named: string | null,
  booked: readonly string[],
): string | null {
  const stays = booked.find((personId) => comers?.delegation.includes(personId));
  return stays ?? personOf(comers, named);
}

/** Whether a company or its person has no time in a slot. */
export function isTaken(
  comers: Comers,
  personId: string | null,
  slot: { startsAt: string; endsAt: string },
): boolean {
  const periods = [...comers.unavailable, ...(personId === null ? [] : (comers.taken.get(personId) ?? []))];
  const [starts, ends] = [Date.parse(slot.startsAt), Date.parse(slot.endsAt)];
  return periods.some(({ from, to }) => Date.parse(from) < ends && starts < Date.parse(to));
}
