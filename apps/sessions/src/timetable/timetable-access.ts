import { Problem, isOrganizerOf, notFound, type Caller } from '#contracts';

/**
 * The draft of a timetable is for the organizers of its stop. Throws `auth.required` for a caller without a key,
 * `resource.not_found` for organizers of another organization, `auth.forbidden` for everybody else.
 */
export function refuseOthersDraft(caller: Caller, stop: { organizationId: string }): void {
  if (isOrganizerOf(caller, stop)) return;
  if (caller.role === 'organizer') throw notFound('draft of this timetable');
  const code = caller.role === 'public' ? 'auth.required' : 'auth.forbidden';
  throw new Problem(code, 'Only organizers read the draft of a timetable.');
}
