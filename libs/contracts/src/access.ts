import type { Caller } from './caller.js';
import { Problem, notFound } from './problems.js';

interface Owned {
  readonly organizationId: string;
}

export function isOrganizerOf(caller: Caller, { organizationId }: Owned): boolean {
  return caller.role === 'organizer' && caller.organizationId === organizationId;
}

/** Throws `resource.not_found` for a stop that was never published, but for its organizers. */
export function refuseHiddenStop(caller: Caller, stop: Owned & { readonly published: boolean }): void {
  if (!isOrganizerOf(caller, stop) && !stop.published) throw notFound('stop');
}

/** Throws `resource.not_found` for organizers of others, `auth.forbidden` for anybody else who is no organizer. */
export function refuseOthersThanOrganizer(caller: Caller, of: Owned, noun: string): void {
  if (isOrganizerOf(caller, of)) return;
  if (caller.role === 'organizer') throw notFound(noun);
  throw new Problem('auth.forbidden', 'Only organizers can do this.');
}

/** The company that calls. Throws `auth.forbidden` for other roles. */
export function callingCompany({ companyId }: Caller): string {
  if (companyId === undefined) throw new Problem('auth.forbidden', 'Only companies can do this.');
  return companyId;
}
