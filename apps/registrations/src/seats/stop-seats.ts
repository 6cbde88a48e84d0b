import { zonedTime } from '#calendar';
import { type Refusal, refusal } from './refusal.js';
import type { Approval, DelegationStatus } from './delegation.js';

/** What this service knows of a stop: its projection of the stops service, at `stopVersion`. */
export interface StopSnapshot {
  readonly stopId: string;
  readonly organizationId: string;
  readonly stopVersion: number;
  readonly status: 'draft' | 'published' | 'completed' | 'cancelled';
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly capacity: number;
  readonly maxDelegatesPerCompany: number;
  readonly opensAt: Date;
  readonly closesAt: Date;
  /** Until when companies may change their delegates: from `closesAt` to `endsAt`. */
  readonly changesUntil: Date;
  readonly approval: Approval;
  readonly waitlist: boolean;
  readonly waitlistPolicy: 'strict' | 'first_fit';
  readonly verifiedOnly: boolean;
  /** In which messages show times to people; null until an event of the stop has brought it. */
  readonly timeZone: string | null;
}

/** The counters of the seat row, which every deciding transaction locks. All seats are delegates' seats. */
export interface SeatCounters {
  readonly confirmedSeats: number;
  readonly pendingSeats: number;
  readonly waitlistedSeats: number;
  readonly waitingDelegations: number;
  /** Those of the waiting delegations that are larger than the capacity: they hold nobody up. */
  readonly passedOverDelegations: number;
  readonly nextQueueNumber: number;
  /** Raised by one with every command that changes this row, so that events of it can be put in order. */
  readonly seatsVersion: number;
}

export type StopSeats = StopSnapshot & SeatCounters;

/** The counters of a stop at which nobody has registered. */
export const untouchedSeats: SeatCounters = {
  confirmedSeats: 0,
  pendingSeats: 0,
  waitlistedSeats: 0,
  waitingDelegations: 0,
  passedOverDelegations: 0,
  nextQueueNumber: 1,
  seatsVersion: 1,
};

/** Seats that can still be given away; negative after the capacity was lowered below the seats taken. */
export function freeSeats(stop: StopSeats): number {
  return stop.capacity - stop.confirmedSeats - stop.pendingSeats;
}

/** Whether somebody waits whom a newcomer must not pass: a delegation larger than the capacity does not count. */
export function somebodyWaits(stop: StopSeats): boolean {
  return stop.waitingDelegations > stop.passedOverDelegations;
}

/** Whether that many seats can be had right now without passing anybody. */
export function canSeat(stop: StopSeats, seats: number): boolean {
  if (stop.waitlistPolicy === 'strict' && somebodyWaits(stop)) return false;
  return seats <= freeSeats(stop);
}

/** Counts a delegation in (`sign` 1) or out (`sign` -1). */
export function count(stop: StopSeats, status: DelegationStatus, seats: number, sign: 1 | -1): StopSeats {
  const change = sign * seats;
  switch (status) {
    case 'confirmed':
      return { ...stop, confirmedSeats: stop.confirmedSeats + change };
    case 'pending':
      return { ...stop, pendingSeats: stop.pendingSeats + change };
    case 'waitlisted':
      return {
        ...stop,
        waitlistedSeats: stop.waitlistedSeats + change,
        waitingDelegations: stop.waitingDelegations + sign,
        passedOverDelegations: stop.passedOverDelegations + (seats > stop.capacity ? sign : 0),
      };
    case 'declined':
    case 'cancelled':
      return stop;
  }
}

/** A stop that is over, one way or the other, changes no registration: its attendance rests on them. */
export function stopIsOver(stop: StopSnapshot): Refusal | null {
  if (stop.status === 'cancelled') return refusal('stop.cancelled', 'The stop was cancelled.');
  if (stop.status === 'completed') return refusal('registration.closed', 'The stop is completed.');
  return null;
}

/** An instant as people at the stop read it. */
export function shownTime({ timeZone }: Pick<StopSnapshot, 'timeZone'>, at: Date): string {
  return zonedTime(at, timeZone ?? 'UTC');
}

/** The window opens at `opensAt` itself and is closed from `closesAt` itself. */
export function outsideWindow(stop: StopSnapshot, now: Date): Refusal | null {
  if (now < stop.opensAt)
    return refusal('registration.not_open', `Registration opens at ${shownTime(stop, stop.opensAt)}.`);
  if (now >= stop.closesAt)
    return refusal('registration.closed', `Registration closed at ${shownTime(stop, stop.closesAt)}.`);
  return null;
}

/** A delegation beyond the company's limit or the whole stop can never be seated. */
export function tooManyDelegates(stop: StopSnapshot, seats: number): Refusal | null {
  const limit = Math.min(stop.maxDelegatesPerCompany, stop.capacity);
  if (seats <= limit) return null;
  return refusal(
    'registration.too_many_delegates',
    `A delegation at this stop has at most ${limit} delegates.`,
  );
}
