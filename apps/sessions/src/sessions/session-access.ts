import { Problem, isOrganizerOf, notFound, type Caller, type Session, type StopState } from '#contracts';
import { zonedTime } from '#calendar';
import type { SessionRecord } from './session.js';

type StopSeen = Pick<StopState, 'organizationId' | 'published'>;

/** Refuses a stop that the caller may not know of: a company knows those that were ever published. */
export function refuseHiddenProgramme(caller: Caller, stop: StopSeen): void {
  if (!isOrganizerOf(caller, stop) && !(caller.role === 'company' && stop.published)) throw notFound('stop');
}

/** How much of a session a caller sees: with e-mail addresses and reasons, without, or nothing. */
export function sightOf(caller: Caller, session: SessionRecord, stop: StopSeen): 'full' | 'public' | null {
  if (isOrganizerOf(caller, session)) return 'full';
  if (caller.role !== 'company' || !stop.published) return null;
  if (session.companyId !== null && session.companyId === caller.companyId) return 'full';
  return session.status === 'scheduled' ? 'public' : null;
}

/** The session as the caller may see it. Throws `resource.not_found` where it may not. */
export function sessionFor(caller: Caller, session: SessionRecord, stop: StopSeen): Session {
  const sight = sightOf(caller, session, stop);
  if (sight === null) throw notFound('session');
  const { organizationId: _, version, speakers, ...shown } = session;
  return {
    ...shown,
    reason: sight === 'full' ? session.reason : null,
    speakers: speakers.map(({ name, email, organization, jobTitle, language, mayOverlap }) =>
      sight === 'full'
        ? { name, email, organization, jobTitle, language, mayOverlap }
        : { name, organization, jobTitle },
    ),
    version,
  };
}

/** As whom the caller changes the session. Who may not change it learns nothing of it: `resource.not_found`. */
export function actorFor(caller: Caller, session: SessionRecord, stop: StopSeen): 'organizer' | 'company' {
  if (isOrganizerOf(caller, session)) return 'organizer';
  const own = caller.role === 'company' && session.companyId === caller.companyId;
  if (!own || session.companyId === null || !stop.published) throw notFound('session');
  return 'company';
}

/**
 * A stop that is over takes no changes of its programme, whether or not somebody completed it.
 * Throws `stop.cancelled` or `session.closed`.
 */
export function refuseClosedProgramme(
  stop: Pick<StopState, 'status' | 'cancelReason' | 'endsAt' | 'timeZone'>,
  now: Date,
): void {
  if (stop.status === 'cancelled') {
    const why = stop.cancelReason === null ? '.' : `: ${stop.cancelReason}`;
    throw new Problem('stop.cancelled', `This stop is cancelled${why}`);
  }
  if (stop.status === 'completed') {
    throw new Problem('session.closed', 'This stop is completed: its programme does not change any more.');
  }
  if (stop.status === 'published' && Date.parse(stop.endsAt) <= now.getTime()) {
    const endedAt = zonedTime(stop.endsAt, stop.timeZone);
    throw new Problem(
      'session.closed',
      `This stop ended at ${endedAt}: its programme does not change any more.`,
    );
  }
}
