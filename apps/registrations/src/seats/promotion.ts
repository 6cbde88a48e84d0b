import type { Promotion } from './decision.js';
import type { SeatAllocation } from './seat-allocation.js';
import { freeSeats } from './stop-seats.js';

/**
 * Gives free seats to those who wait, from the head of the list, until the stop ends: also after `closesAt`.
 * `strict` stops at the first delegation that does not fit; `first_fit` goes on behind it. Under both a delegation
 * larger than the capacity is passed over, else a lowered capacity would block the list for good.
 */
export function promoteWaiting(allocation: SeatAllocation, now: Date): Promotion[] {
  const { status, endsAt, waitingDelegations, capacity, waitlistPolicy } = allocation.stop;
  if (status !== 'published' || now >= endsAt || waitingDelegations === 0 || freeSeats(allocation.stop) <= 0)
    return [];
  const promotions: Promotion[] = [];
  for (const entry of allocation.waiting.inOrder()) {
    const free = freeSeats(allocation.stop);
    if (free <= 0) break;
    if (entry.seats > capacity) continue;
    if (entry.seats <= free) promotions.push(allocation.promote(entry));
    else if (waitlistPolicy === 'strict') break;
  }
  return promotions;
}
