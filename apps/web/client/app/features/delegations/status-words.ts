import type { Registration } from '#contracts/registrations';
import { words } from '../../words/index.js';

/** What the state means for the company, and what a waiting one waits for. */
export function statusWords({ status, seats, waitlistPosition }: Registration, left: number | null): string {
  const r = words.registration;
  if (status === 'confirmed') return r.confirmed(seats);
  if (status === 'pending') return r.pending;
  if (status === 'waitlisted') return r.waitlisted(waitlistPosition ?? 1, seats, left ?? 0);
  return words.status[status];
}
