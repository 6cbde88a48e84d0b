import { shiftWallClock } from '#calendar';
import type { RegistrationState, StopStatus } from '#contracts';

/** When companies may register, and until when they may change their delegates (`null`: by the default). */
export interface RegistrationWindow {
  opensAt: string;
  closesAt: string;
  changesUntil: string | null;
}

type Times = { startsAt: string; endsAt: string };
type Window = Pick<RegistrationWindow, 'opensAt' | 'closesAt'>;

/** What an organizer names of the window when a stop moves. */
export interface NamedWindow {
  opensAt?: string | undefined;
  closesAt?: string | undefined;
  changesUntil?: string | null | undefined;
}

/** Until when companies may change their delegates: unless it is set, until the later of start and closing. */
export function changesUntilOf(stop: Times & { registration: RegistrationWindow }): string {
  const { changesUntil, closesAt } = stop.registration;
  return changesUntil ?? laterOf(stop.startsAt, closesAt);
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

/**
 * The window of a stop that moves. It opens when it did, so that nothing opens earlier by a move; the other instants
 * move by the same shift of the wall clock as the stop, cut to its end. What the organizer names is taken as it is.
 */
export function movedWindow(
  stop: Times & { timeZone: string; registration: RegistrationWindow },
  to: Times,
  named: NamedWindow,
): RegistrationWindow {
  const moved = (at: string) =>
    earlierOf(shiftWallClock(at, stop.timeZone, stop.startsAt, to.startsAt), to.endsAt);
  const { opensAt, closesAt, changesUntil } = stop.registration;
  return {
    opensAt: named.opensAt ?? opensAt,
    closesAt: named.closesAt ?? moved(closesAt),
    changesUntil: named.changesUntil === undefined ? changesUntil && moved(changesUntil) : named.changesUntil,
  };
}

export function hasPassed(at: string, now: Date): boolean {
  return Date.parse(at) <= now.getTime();
}

function laterOf(a: string, b: string): string {
  return Date.parse(a) < Date.parse(b) ? b : a;
}

function earlierOf(a: string, b: string): string {
  return Date.parse(b) < Date.parse(a) ? b : a;
}
