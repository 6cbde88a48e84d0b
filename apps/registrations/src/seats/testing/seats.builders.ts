import type { SeatsState, VerificationStatus } from '../decision.js';
import type { Delegate, Delegation } from '../delegation.js';
import { count, type StopSnapshot, type StopSeats, untouchedSeats } from '../stop-seats.js';

/** For tests only: a published stop on one day, its registration open from eight to ten, its end at noon. */
export const at = (time: string): Date => new Date(`2026-12-01T${time}:00Z`);

export const aStop: StopSnapshot = {
  stopId: 'stop',
  organizationId: 'organization',
  stopVersion: 1,
  status: 'published',
  startsAt: at('10:30'),
  endsAt: at('12:00'),
  capacity: 10,
  maxDelegatesPerCompany: 10,
  opensAt: at('08:00'),
  closesAt: at('10:00'),
  changesUntil: at('10:45'),
  approval: 'automatic',
  waitlist: true,
  waitlistPolicy: 'strict',
  verifiedOnly: false,
  timeZone: 'Asia/Shanghai',
};

export const organizer = { role: 'organizer', organizationId: 'organization' } as const;

export const aDelegate = (id: string, email = `${id}@example.com`): Delegate => ({
  id,
  name: `Delegate ${id}`,
  email,
  mobile: null,
  jobTitle: null,
  language: null,
  badge: `badge-${id}`,
});

/** A delegation `r-<company>` with so many delegates, named `<company>-1` and on. */
export function aDelegation(companyId: string, seats: number, changes: Partial<Delegation> = {}): Delegation {
  const delegates = Array.from({ length: seats }, (_, index) => aDelegate(`${companyId}-${index + 1}`));
  const rest = {
    status: 'confirmed',
    note: null,
    consent: null,
    reason: null,
    queueNumber: null,
    createdAt: at('08:00'),
    version: 1,
  } as const;
  return { id: `r-${companyId}`, companyId, delegates, ...rest, ...changes };
}

/** A waiting delegation with that place in the queue. */
export function aWaiting(companyId: string, seats: number, queueNumber: number): Delegation {
  return aDelegation(companyId, seats, { status: 'waitlisted', queueNumber });
}

/** The state in which these delegations are all there are, everything loaded, counters to match. */
export function aState(
  stop: Partial<StopSnapshot>,
  delegations: readonly Delegation[] = [],
  standings: Readonly<Record<string, VerificationStatus>> = {},
): SeatsState {
  const start: StopSeats = { ...aStop, ...untouchedSeats, ...stop };
  const counted = delegations.reduce((row, one) => count(row, one.status, one.delegates.length, 1), start);
  const waiting = delegations.flatMap(({ id, companyId, queueNumber, version, delegates }) =>
    queueNumber === null ? [] : [{ id, companyId, queueNumber, version, seats: delegates.length }],
  );
  const nextQueueNumber = Math.max(0, ...waiting.map(({ queueNumber }) => queueNumber)) + 1;
  return {
    stop: { ...counted, nextQueueNumber },
    delegations,
    waiting,
    standings: new Map(Object.entries(standings)),
  };
}
