import { notFound } from './refusal.js';
import { stale, visible } from './access.js';
import type { Erase } from './command.js';
import { type Decision, refuse } from './decision.js';
import type { Delegate } from './delegation.js';
import type { SeatAllocation } from './seat-allocation.js';

/** Stands where a name was. */
export const erasedName = '—';

/** Stands where an e-mail address was: still one a delegate, and under `invalid` nobody can be reached (RFC 2606). */
export function erasedEmail(delegateId: string): string {
  return `erased-${delegateId}@erased.invalid`;
}

/** The seat without the person: id, check-in and sign-ups stay, for the counts. The same object where nothing is left. */
export function erased(delegate: Delegate): Delegate {
  if (isErased(delegate)) return delegate;
  const { id } = delegate;
  return {
    id,
    name: erasedName,
    email: erasedEmail(id),
    mobile: null,
    jobTitle: null,
    language: null,
    badge: null,
  };
}

/** Whether nothing is held of the person any more. */
export function isErased({ id, name, email, mobile, jobTitle, language, badge }: Delegate): boolean {
  const details = [mobile, jobTitle, language, badge].every((one) => one === null);
  return details && name === erasedName && email === erasedEmail(id);
}

/** Erases one delegate, or all, and those who left their seats. Nobody has to wait for it: any status of the registration and the stop will do. */
export function eraseDelegates(allocation: SeatAllocation, command: Erase): Decision {
  const before = visible(allocation, command);
  if (before === null) return refuse(notFound('registration'));
  const { delegateId } = command;
  const isMeant = ({ id }: Delegate) => delegateId === null || id === delegateId;
  const isThere = before.delegates.some(isMeant);
  if (!isThere && (delegateId === null || !allocation.hasDeparted(delegateId)))
    return refuse(notFound('delegate'));
  const outdated = stale(before, command.ifMatch);
  if (outdated !== null) return refuse(outdated);
  const delegates = before.delegates.map((one) => (isMeant(one) ? erased(one) : one));
  if (delegates.every((one, index) => one === before.delegates[index]))
    return allocation.accept(before, before.id);
  allocation.put({ ...before, delegates, version: before.version + 1 });
  return allocation.accept(before, before.id);
}
