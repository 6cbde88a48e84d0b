import { notFound, type Refusal, refusal } from './refusal.js';
import { forbidden, stale, visible } from './access.js';
import type { ChangeStatus } from './command.js';
import { type Decision, refuse } from './decision.js';
import { type Delegation, statusAfter } from './delegation.js';
import { promoteWaiting } from './promotion.js';
import type { SeatAllocation } from './seat-allocation.js';
import { cancellingFrozen, ended } from './stop-clock.js';
import { stopIsOver } from './stop-seats.js';

/**
 * Cancels, approves or declines a delegation, and lets the waiting list follow. The delegation's own status is looked
 * at before the stop's: cancelling twice reads the same, no matter whether the company or the stop cancelled first.
 */
export function changeStatus(allocation: SeatAllocation, command: ChangeStatus, now: Date): Decision {
  const noRight = forbidden(command);
  if (noRight !== null) return refuse(noRight);
  const before = visible(allocation, command);
  if (before === null) return refuse(notFound('registration'));
  const outdated = stale(before, command.ifMatch);
  if (outdated !== null) return refuse(outdated);
  const status = statusAfter(command.kind, before.status);
  if (status === null) return refuse(invalidMove(command.kind, before));
  const { stop } = allocation;
  const over =
    stopIsOver(stop) ??
    ended(stop, now) ??
    (command.kind === 'cancel' ? cancellingFrozen(stop, command.by, now) : null);
  if (over !== null) return refuse(over);
  const reason = command.kind === 'approve' ? before.reason : (command.reason ?? null);
  allocation.put({ ...before, status, reason, queueNumber: null, version: before.version + 1 });
  if (status === 'confirmed') return allocation.accept(before, before.id);
  const unseated = before.delegates.map(({ id }) => id);
  return allocation.accept(before, before.id, promoteWaiting(allocation, now), unseated);
}

/** A move that the delegation's status forbids. */
export function invalidMove(move: ChangeStatus['kind'] | 'amend', delegation: Delegation): Refusal {
  return refusal(
    'registration.invalid_transition',
    `Can't ${move} a registration that is ${delegation.status}.`,
  );
}
