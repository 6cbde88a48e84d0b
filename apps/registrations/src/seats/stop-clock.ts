import type { Actor } from './command.js';
import { type Refusal, refusal } from './refusal.js';
import type { StopSnapshot } from './stop-seats.js';

/** Once a stop has ended, nobody changes who was registered: the attendance is history, whatever the stop's status says. */
export function ended(stop: StopSnapshot, now: Date): Refusal | null {
  return now < stop.endsAt ? null : refusal('registration.closed', 'The stop has ended.');
}

/** After `changesUntil` companies leave their delegates as they are; the organizer may change them until the end. */
export function delegatesFrozen(stop: StopSnapshot, by: Actor, now: Date): Refusal | null {
  if (by.role !== 'company' || now < stop.changesUntil) return null;
  return refusal('registration.frozen', 'The time in which companies change their delegates is over.');
}

/** A company may stay away until the stop begins, or for as long as delegates may change. */
export function cancellingFrozen(stop: StopSnapshot, by: Actor, now: Date): Refusal | null {
  if (by.role !== 'company' || now < stop.startsAt || now < stop.changesUntil) return null;
  return refusal('registration.frozen', 'The stop has begun, so a company can no longer cancel.');
}
