import type { Actor } from './command.js';
import { type Refusal, refusal } from './refusal.js';
import { shownTime, type StopSnapshot } from './stop-seats.js';

/** Once a stop has ended, nobody changes who was registered: the attendance is history, whatever the stop's status says. */
export function ended(stop: StopSnapshot, now: Date): Refusal | null {
  if (now < stop.endsAt) return null;
  return refusal('registration.closed', `The stop ended at ${shownTime(stop, stop.endsAt)}.`);
}

/** After `changesUntil` companies leave their delegates as they are; the organizer may change them until the end. */
export function delegatesFrozen(stop: StopSnapshot, by: Actor, now: Date): Refusal | null {
  if (by.role !== 'company' || now < stop.changesUntil) return null;
  return refusal(
    'registration.frozen',
    `Companies could change their delegates until ${shownTime(stop, stop.changesUntil)}.`,
  );
}

/** A company may stay away until the stop begins, or for as long as delegates may change. */
export function cancellingFrozen(stop: StopSnapshot, by: Actor, now: Date): Refusal | null {
  if (by.role !== 'company' || now < stop.startsAt || now < stop.changesUntil) return null;
  const until = stop.startsAt > stop.changesUntil ? stop.startsAt : stop.changesUntil;
  return refusal('registration.frozen', `Companies could cancel until ${shownTime(stop, until)}.`);
}
