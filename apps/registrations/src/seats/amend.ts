import { invalidField, notFound, type Refusal, refusal } from './refusal.js';
import { stale, suspended, unverified, visible } from './access.js';
import type { AddDelegate, Amend, ReissueBadge, RemoveDelegate, SubstituteDelegate } from './command.js';
import { type Decision, refuse } from './decision.js';
import { type Delegate, type Delegation, emailKey, isLive } from './delegation.js';
import { promoteWaiting } from './promotion.js';
import type { SeatAllocation } from './seat-allocation.js';
import { invalidMove } from './change-status.js';
import { canSeat, outsideWindow, stopIsOver, tooManyDelegates } from './stop-seats.js';
import { delegatesFrozen, ended } from './stop-clock.js';
import { substitute } from './substitute.js';

/** One delegate more, if a seat is free that nobody waits for. A waiting delegation may grow and keeps its place. */
export function addDelegate(allocation: SeatAllocation, command: AddDelegate, now: Date): Decision {
  const before = visible(allocation, command);
  if (before === null) return refuse(notFound('registration'));
  const companyId = command.by.role === 'company' ? command.by.companyId : null;
  const seats = before.delegates.length + 1;
  const reason =
    stale(before, command.ifMatch) ??
    (companyId === null ? null : suspended(allocation, companyId)) ??
    stopIsOver(allocation.stop) ??
    frozen(allocation, command, now) ??
    (companyId === null ? null : outsideWindow(allocation.stop, now)) ??
    notLive(before) ??
    (companyId === null ? null : unverified(allocation, companyId)) ??
    emailTaken(before.delegates, command.delegate.email) ??
    tooManyDelegates(allocation.stop, seats) ??
    (before.status === 'waitlisted' || canSeat(allocation.stop, 1)
      ? null
      : refusal('registration.full', 'No seat is free that nobody waits for.'));
  if (reason !== null) return refuse(reason);
  return amended(allocation, before, [...before.delegates, command.delegate]);
}

/** Another person, or other details, on the same seat. What changes nothing raises no version. */
export function substituteDelegate(
  allocation: SeatAllocation,
  command: SubstituteDelegate,
  now: Date,
): Decision {
  const target = targetOf(allocation, command, now);
  if ('code' in target) return refuse(target);
  const { before, delegate } = target;
  const others = before.delegates.filter((other) => other !== delegate);
  const taken = emailTaken(others, command.patch.email ?? delegate.email);
  if (taken !== null) return refuse(taken);
  const next = substitute(delegate, command.patch, command.newBadge);
  if (next === delegate) return allocation.accept(before, before.id);
  return amended(
    allocation,
    before,
    before.delegates.map((one) => (one === delegate ? next : one)),
  );
}

/** The same person with a badge of another text; the check-in stays. */
export function reissueBadge(allocation: SeatAllocation, command: ReissueBadge, now: Date): Decision {
  const target = targetOf(allocation, command, now);
  if ('code' in target) return refuse(target);
  const { before, delegate } = target;
  const next = { ...delegate, badge: command.newBadge };
  return amended(
    allocation,
    before,
    before.delegates.map((one) => (one === delegate ? next : one)),
  );
}

/** One delegate fewer: the seat goes to those who wait; a waiting delegation may now fit itself. */
export function removeDelegate(allocation: SeatAllocation, command: RemoveDelegate, now: Date): Decision {
  const target = targetOf(allocation, command, now);
  if ('code' in target) return refuse(target);
  const { before, delegate } = target;
  const rest = before.delegates.filter((one) => one !== delegate);
  if (rest.length === 0) {
    return refuse(
      refusal('registration.last_delegate', 'The last delegate stays; cancel the registration instead.'),
    );
  }
  allocation.put({ ...before, delegates: rest, version: before.version + 1 });
  return allocation.accept(before, before.id, promoteWaiting(allocation, now), [delegate.id]);
}

function amended(allocation: SeatAllocation, before: Delegation, delegates: readonly Delegate[]): Decision {
  allocation.put({ ...before, delegates, version: before.version + 1 });
  return allocation.accept(before, before.id);
}

/** The delegate whom a command names, or why it can't touch them: every 404 comes before the stale copy. */
function targetOf(
  allocation: SeatAllocation,
  command: SubstituteDelegate | RemoveDelegate | ReissueBadge,
  now: Date,
): { before: Delegation; delegate: Delegate } | Refusal {
  const before = visible(allocation, command);
  if (before === null) return notFound('registration');
  const delegate = before.delegates.find(({ id }) => id === command.delegateId);
  if (delegate === undefined) return notFound('delegate');
  return (
    stale(before, command.ifMatch) ??
    stopIsOver(allocation.stop) ??
    frozen(allocation, command, now) ??
    notLive(before) ?? { before, delegate }
  );
}

/** By the clock, and before the delegation's own status: after the end who came is history. */
function frozen(
  { stop }: SeatAllocation,
  { kind, by }: Pick<Amend, 'kind' | 'by'>,
  now: Date,
): Refusal | null {
  return ended(stop, now) ?? (kind === 'reissueBadge' ? null : delegatesFrozen(stop, by, now));
}

function notLive(delegation: Delegation): Refusal | null {
  return isLive(delegation) ? null : invalidMove('amend', delegation);
}

function emailTaken(others: readonly Delegate[], email: string): Refusal | null {
  const key = emailKey(email);
  if (others.every((other) => emailKey(other.email) !== key)) return null;
  return invalidField('/email', 'Another delegate of this registration has this e-mail address.');
}
