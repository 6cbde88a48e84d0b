import { invalidField, notFound, type Refusal, refusal } from './refusal.js';
import { suspended, unverified } from './access.js';
import type { Register } from './command.js';
import { type Decision, refuse } from './decision.js';
import { type Delegate, emailKey, seatedStatus } from './delegation.js';
import type { SeatBook } from './seat-book.js';
import { canSeat, outsideWindow, stopIsOver, tooManyDelegates } from './stop-seats.js';

/** Seats a new delegation whole, or queues it whole, or says why neither. */
export function register(book: SeatBook, command: Register, now: Date): Decision {
  const reason = whyNot(book, command, now);
  if (reason !== null) return refuse(reason);
  const seated = canSeat(book.stop, command.delegates.length);
  book.put({
    id: command.registrationId,
    companyId: command.companyId,
    status: seated ? seatedStatus[book.stop.approval] : 'waitlisted',
    delegates: command.delegates,
    note: command.note,
    queueNumber: seated ? null : takeQueueNumber(book),
    createdAt: now,
    version: 1,
  });
  return book.accept(null, command.registrationId);
}

/** The refusals in the order in which the API documents them; a malformed body comes before all. */
function whyNot(book: SeatBook, command: Register, now: Date): Refusal | null {
  const { stop } = book;
  const seats = command.delegates.length;
  return (
    sharedEmail(command.delegates) ??
    (stop.status === 'draft' ? notFound('stop') : null) ??
    suspended(book, command.companyId) ??
    stopIsOver(stop) ??
    outsideWindow(stop, now) ??
    unverified(book, command.companyId) ??
    (book.hasLive(command.companyId)
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

function takeQueueNumber(book: SeatBook): number {
  const { nextQueueNumber } = book.stop;
  book.stop = { ...book.stop, nextQueueNumber: nextQueueNumber + 1 };
  return nextQueueNumber;
}
