/** What a reader wants to know of a stop at a glance: can I still come, and is it on? */
export type StopState =
  'cancelled' | 'over' | 'on' | 'open' | 'waiting_list' | 'full' | 'not_open' | 'closed' | 'draft';

export interface StopFacts {
  readonly status: 'draft' | 'published' | 'completed' | 'cancelled';
  readonly startsAt: string;
  readonly endsAt: string;
  readonly registrationState: 'not_open' | 'open' | 'closed';
  readonly registration: { readonly waitlist: boolean; readonly waitlistPolicy: 'strict' | 'first_fit' };
}

/** Seats as the API counts them. */
export interface Seats {
  readonly capacity: number;
  readonly left: number;
  readonly waitlisted: number;
}

/** @param seats `null` where they are not known right now */
export function stopState(stop: StopFacts, seats: Seats | null, nowMs: number): StopState {
  if (stop.status === 'cancelled' || stop.status === 'draft') return stop.status;
  if (stop.status === 'completed' || nowMs >= Date.parse(stop.endsAt)) return 'over';
  if (stop.registrationState === 'open' && seats !== null && !takesOne(stop, seats))
    return stop.registration.waitlist ? 'waiting_list' : 'full';
  if (stop.registrationState === 'open') return 'open';
  if (nowMs >= Date.parse(stop.startsAt)) return 'on';
  return stop.registrationState;
}

/** Whether a newcomer may get a seat at once: a strict waiting list lets nobody pass. */
function takesOne({ registration }: StopFacts, { left, waitlisted }: Seats): boolean {
  const queues = registration.waitlist && registration.waitlistPolicy === 'strict' && waitlisted > 0;
  return left > 0 && !queues;
}

/** Whether somebody may register now, be it for the waiting list. */
export const takesRegistrations = (state: StopState): boolean => state === 'open' || state === 'waiting_list';
