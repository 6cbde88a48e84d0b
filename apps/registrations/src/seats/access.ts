import { type Refusal, refusal } from './refusal.js';
import type { Amend, Actor, ChangeStatus } from './command.js';
import type { Delegation } from './delegation.js';
import type { SeatAllocation } from './seat-allocation.js';

/** The delegation that a command names, as far as who asks may see it. */
export function visible(allocation: SeatAllocation, command: ChangeStatus | Amend): Delegation | null {
  const delegation = allocation.find(command.registrationId);
  return delegation !== undefined && maySee(allocation, command.by, delegation) ? delegation : null;
}

function maySee(allocation: SeatAllocation, by: Actor, delegation: Delegation): boolean {
  return by.role === 'company'
    ? by.companyId === delegation.companyId
    : by.organizationId === allocation.stop.organizationId;
}

/**
 * `If-Match` is looked at right after "not found" and before any rule of state. A caller
 * that decides on an old copy reads this, and not that the move is forbidden: the reason lies in what it has not seen yet.
 */
export function stale(delegation: Delegation, ifMatch: number | undefined): Refusal | null {
  if (ifMatch === undefined || ifMatch === delegation.version) return null;
  return refusal(
    'precondition.failed',
    'The registration has changed since the version that If-Match names.',
  );
}

/** Judging delegations is the organizer's; this needs no look at the data, so it comes first. */
export function forbidden(command: ChangeStatus): Refusal | null {
  if (command.kind === 'cancel' || command.by.role === 'organizer') return null;
  return refusal('auth.forbidden', `Only the organizer can ${command.kind} a registration.`);
}

/** What a suspended company has stays, but it gets no more. */
export function suspended(allocation: SeatAllocation, companyId: string): Refusal | null {
  if (allocation.verificationStatusOf(companyId) !== 'suspended') return null;
  return refusal('company.suspended', 'The company is suspended by the organizer of this stop.');
}

/** Where only verified companies may come, the organizer of the stop must have verified it. */
export function unverified(allocation: SeatAllocation, companyId: string): Refusal | null {
  if (!allocation.stop.verifiedOnly || allocation.verificationStatusOf(companyId) === 'verified') return null;
  return refusal('company.unverified', 'Only companies that the organizer has verified can register here.');
}
