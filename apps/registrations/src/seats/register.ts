import { invalidField, notFound, type Refusal, refusal } from './refusal.js';
import { suspended, unverified } from './access.js';
import type { Register } from './command.js';
import { type Decision, refuse } from './decision.js';
import { type Delegate, emailKey, seatedStatus } from './delegation.js';
import type { SeatAllocation } from './seat-allocation.js';
import { canSeat, outsideWindow, stopIsOver, tooManyDelegates } from './stop-seats.js';

/** Seats a new delegation whole, or queues it whole, or says why neither. */
export function register(allocation: SeatAllocation, command: Register, now: Date): Decision {
  const reason = validate(allocation, command, now);
  if (reason !== null) return refuse(reason);
  const seated = canSeat(allocation.stop, command.delegates.length);
  allocation.put({
    id: command.registrationId,
    companyId: command.companyId,
    status: seated ? seatedStatus[allocation.stop.approval] : 'waitlisted',
    delegates: command.delegates,
    note: command.note,
    consent:
      command.consentTextVersion === null ? null : { textVersion: command.consentTextVersion, at: now },
    reason: null,
    queueNumber: seated ? null : takeQueueNumber(allocation),
    createdAt: now,
    version: 1,
  });
  return allocation.accept(null, command.registrationId);
}

/** The refusals in the order in which the API documents them; a malformed body comes before all. */
function validate(allocation: SeatAllocation, command: Register, now: Date): Refusal | null {
  const { stop } = allocation;
  const seats = command.delegates.length;
  return (
    sharedEmail(command.delegates) ??
    (stop.status === 'draft' ? notFound('stop') : null) ??
    suspended(allocation, command.companyId) ??
    stopIsOver(stop) ??
    outsideWindow(stop, now) ??
    unverified(allocation, command.companyId) ??
    (allocation.hasLive(command.companyId)
      ? refusal('registration.duplicate', 'The company already has a registration for this stop.')
      : null) ??
    tooManyDelegates(stop, seats) ??
    (stop.waitlist || canSeat(stop, seats)
      ? null
      : refusal('registration.full', 'Not enough seats are left, and there is no waiting list.'))
  );
}

function sharedEmail(delegates: readonly Delegate[]): Refusal | null {
  const seen = new Set<string>();
  for (const [index, { email }] of delegates.entries()) {
    const key = emailKey(email);
    if (seen.has(key)) {
      return invalidField(
        `/delegates/${index}/email`,
        'Another delegate of this registration has this e-mail address.',
      );
    }
    seen.add(key);
  }
  return null;
}

function takeQueueNumber(allocation: SeatAllocation): number {
  const { nextQueueNumber } = allocation.stop;
  allocation.stop = { ...allocation.stop, nextQueueNumber: nextQueueNumber + 1 };
  return nextQueueNumber;
}
