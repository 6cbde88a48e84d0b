import type { Session, SessionStatus } from '#contracts/sessions';
import { folded } from '../../../../shared/timetable/filter.js';

/** In the order of a session's life. */
export const sessionStates = [
  'proposed',
  'accepted',
  'scheduled',
  'rejected',
  'withdrawn',
  'cancelled',
] as const satisfies readonly SessionStatus[];

/** Filters stand in the address, so that a list can be shared and found again. */
export interface SessionSearch {
  readonly status?: SessionStatus;
  readonly q?: string;
}

/** What an address says, without what is no filter. */
export function sessionSearch({ status, q }: Record<string, unknown>): SessionSearch {
  const known = sessionStates.find((one) => one === status);
  const text = typeof q === 'string' || typeof q === 'number' ? String(q) : '';
  return { ...(known === undefined ? {} : { status: known }), ...(text === '' ? {} : { q: text }) };
}

export function hasText({ title, speakers, track }: Session, q: string): boolean {
  const people = speakers.flatMap(({ name, organization, email }) => [name, organization, email]);
  const text = [title.zh, title.en, track, ...people].filter(Boolean).join(' ');
  return folded(text).includes(folded(q.trim()));
}
