import type { DelegatePatch } from './command.js';
import { type Delegate, emailKey } from './delegation.js';

/**
 * The same seat with other details. A new e-mail address means another person: the badge given out before must no
 * longer open the door. Spelling the same address in other case keeps the badge. Equal details give back the very
 * same object.
 */
export function substitute(delegate: Delegate, patch: DelegatePatch, newBadge: string): Delegate {
  const email = patch.email ?? delegate.email;
  const next: Delegate = {
    id: delegate.id,
    name: patch.name ?? delegate.name,
    email,
    mobile: patch.mobile === undefined ? delegate.mobile : patch.mobile,
    jobTitle: patch.jobTitle === undefined ? delegate.jobTitle : patch.jobTitle,
    language: patch.language === undefined ? delegate.language : patch.language,
    badge: emailKey(email) === emailKey(delegate.email) ? delegate.badge : newBadge,
  };
  return sameDetails(delegate, next) ? delegate : next;
}

function sameDetails(a: Delegate, b: Delegate): boolean {
  const details = ['name', 'email', 'mobile', 'jobTitle', 'language'] as const;
  return details.every((detail) => a[detail] === b[detail]);
}
