import type { StopChanged } from './command.js';
import type { Accepted, Promotion } from './decision.js';
import { isLive } from './delegation.js';
import { promoteWaiting } from './promotion.js';
import type { SeatAllocation } from './seat-allocation.js';
import { type StopSnapshot, untouchedSeats } from './stop-seats.js';

/**
 * Takes over what the stops service says of the stop. An older or repeated version is accepted and changes nothing,
 * so events may come twice and in any order. Nobody loses a seat by it, unless the stop is cancelled; those
 * whom the new capacity, end or policy lets in are promoted.
 */
export function changeStop(
  allocation: SeatAllocation,
  { stop, cancelReason = null }: StopChanged,
  now: Date,
): Accepted {
  if (stop.stopVersion <= allocation.stop.stopVersion) return stopAnswer([]);
  takeOver(allocation, stop);
  if (stop.status === 'cancelled') {
    cancelEveryLive(allocation, cancelReason);
    return stopAnswer([]);
  }
  return stopAnswer(promoteWaiting(allocation, now));
}

function takeOver(allocation: SeatAllocation, snapshot: StopSnapshot): void {
  const waiting = allocation.stop.waitingDelegations === 0 ? [] : allocation.waiting.inOrder();
  const passedOverDelegations = waiting.filter(({ seats }) => seats > snapshot.capacity).length;
  allocation.stop = { ...allocation.stop, ...snapshot, passedOverDelegations };
}

/** Those whom the batch has named change here; the rest, maybe thousands, in one statement of the repository. */
function cancelEveryLive(allocation: SeatAllocation, reason: string | null): void {
  for (const delegation of allocation.named().filter(isLive)) {
    allocation.put({
      ...delegation,
      status: 'cancelled',
      reason,
      queueNumber: null,
      version: delegation.version + 1,
    });
  }
  allocation.waiting.clear();
  const { nextQueueNumber, seatsVersion } = allocation.stop;
  allocation.stop = { ...allocation.stop, ...untouchedSeats, nextQueueNumber, seatsVersion };
  allocation.everyLiveCancelled = true;
}

function stopAnswer(promotions: readonly Promotion[]): Accepted {
  return {
    accepted: true,
    before: null,
    after: null,
    waitlistPosition: null,
    promotions,
    unseatedDelegateIds: [],
  };
}
