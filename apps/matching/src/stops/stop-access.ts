import { notFound, Problem, type Caller, type StopState } from '#contracts';

interface Owned {
  readonly organizationId: string;
}

export function isOrganizerOf(caller: Caller, { organizationId }: Owned): boolean {
  return caller.role === 'organizer' && caller.organizationId === organizationId;
}

/** Refuses a stop that the caller may not know of: others than its organizers know those that were ever published. */
export function refuseHiddenStop(caller: Caller, stop: Owned & { readonly published: boolean }): void {
  if (!isOrganizerOf(caller, stop) && !stop.published) throw notFound('stop');
}

/** Throws `resource.not_found` for organizers of others, `auth.forbidden` for anybody else who is no organizer. */
export function refuseOthersThanOrganizer(caller: Caller, of: Owned, noun: string): void {
  if (isOrganizerOf(caller, of)) return;
  if (caller.role === 'organizer') throw notFound(noun);
  throw new Problem('auth.forbidden', 'Only organizers can do this.');
}

/**
 * Refuses what prepares meetings of a stop that takes place no more: cancelled, completed, or over by the clock, since
 * then it is history who met when.
 */
export function refuseEndedStop(stop: Pick<StopState, 'status' | 'endsAt'>, now: Date): void {
  if (stop.status === 'cancelled') throw new Problem('stop.cancelled', 'The stop is cancelled.');
  if (stop.status === 'completed' || Date.parse(stop.endsAt) <= now.getTime())
    throw new Problem('meeting.closed', 'The stop has ended.');
}

/** The company that calls; other roles have no part in it. */
export function callingCompany({ companyId }: Caller): string {
  if (companyId === undefined) throw new Problem('auth.forbidden', 'Only companies can do this.');
  return companyId;
}
