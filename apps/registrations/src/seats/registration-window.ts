import type { RegistrationState } from '#contracts';
import type { StopSnapshot } from './stop-seats.js';

/** What the window and the clock make of a stop; only a published one is ever open. */
export function registrationStateOf(
  stop: Pick<StopSnapshot, 'status' | 'opensAt' | 'closesAt'>,
  now: Date,
): RegistrationState {
  if (stop.status === 'draft') return 'not_open';
  if (stop.status !== 'published' || now >= stop.closesAt) return 'closed';
  return now < stop.opensAt ? 'not_open' : 'open';
}

/** When the clock next changes the state above; `null` where it never will. */
export function nextWindowChange(
  stop: Pick<StopSnapshot, 'status' | 'opensAt' | 'closesAt'>,
  now: Date,
): Date | null {
  if (stop.status !== 'published') return null;
  return [stop.opensAt, stop.closesAt].find((moment) => now < moment) ?? null;
}
