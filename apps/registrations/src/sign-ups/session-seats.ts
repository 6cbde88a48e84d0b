import type { Localized, SessionStatus } from '#contracts';

/** What this service knows of a session; room, times and seats are set exactly while it is scheduled. */
export interface SessionSeats {
  readonly sessionId: string;
  readonly companyId: string | null;
  readonly status: SessionStatus;
  readonly during: Interval | null;
  /** The room's seats. */
  readonly seats: number;
  readonly taken: number;
}

/** From `startsAt` to just before `endsAt`: intervals that touch do not overlap. */
export interface Interval {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** When a delegate is elsewhere, and at what: a meeting, or a session, whose title is null where it is unknown here. */
export interface BusyTime extends Interval {
  readonly title: Localized | null;
  readonly isMeeting?: boolean;
}

export function overlap(a: Interval, b: Interval): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}

/** What becomes of a session's sign-ups at each status: moving and unscheduling keep them, its end frees them. */
export const fateOfSignUps = {
  proposed: 'kept',
  accepted: 'kept',
  scheduled: 'kept',
  rejected: 'freed',
  withdrawn: 'freed',
  cancelled: 'freed',
  deleted: 'freed',
} as const satisfies Record<SessionStatus | 'deleted', 'kept' | 'freed'>;

export interface TimedSignUp {
  readonly delegateId: string;
  readonly sessionId: string;
  /** Null while the session is not scheduled: it then overlaps nothing. */
  readonly during: Interval | null;
}

/** The delegates of one session whom a move has put in two places at once; give it all sign-ups of its delegates. */
export function delegatesInTwoPlaces(
  sessionId: string,
  signUps: readonly TimedSignUp[],
): ReadonlySet<string> {
  const here = signUps.find((one) => one.sessionId === sessionId)?.during ?? null;
  if (here === null) return new Set();
  const own = new Set(
    signUps.filter((one) => one.sessionId === sessionId).map(({ delegateId }) => delegateId),
  );
  const elsewhere = signUps.filter(
    ({ sessionId: other, during }) => other !== sessionId && during !== null && overlap(here, during),
  );
  return new Set(elsewhere.map(({ delegateId }) => delegateId).filter((id) => own.has(id)));
}
