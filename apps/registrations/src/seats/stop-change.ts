import type { StopChanged } from './command.js';
import type { Accepted, Promotion } from './decision.js';
import { isLive } from './delegation.js';
import { promoteWaiting } from './promotion.js';
import type { SeatBook } from './seat-book.js';
import { type StopFacts, untouchedSeats } from './stop-seats.js';

/**
 * Takes over what the stops service says of the stop. An older or repeated version is accepted and changes nothing,
 * so events may come twice and in any order. Nobody loses a seat by it, unless the stop is cancelled; whoever the
 * new capacity, end or policy lets in is promoted.
 */
export function changeStop(book: SeatBook, { stop }: StopChanged, now: Date): Accepted {
  if (stop.stopVersion <= book.stop.stopVersion) return stopAnswer([]);
  takeOver(book, stop);
  if (stop.status === 'cancelled') {
    cancelEveryLive(book);
    return stopAnswer([]);
  }
  return stopAnswer(promoteWaiting(book, now));
}

function takeOver(book: SeatBook, facts: StopFacts): void {
  const waiting = book.stop.waitingDelegations === 0 ? [] : book.waiting.inOrder();
  const passedOverDelegations = waiting.filter(({ seats }) => seats > facts.capacity).length;
  book.stop = { ...book.stop, ...facts, passedOverDelegations };
}

/** Those whom the batch has named change here; the rest, maybe thousands, in one statement of the repository. */
function cancelEveryLive(book: SeatBook): void {
  for (const delegation of book.named().filter(isLive)) {
    book.put({ ...delegation, status: 'cancelled', queueNumber: null, version: delegation.version + 1 });
  }
  book.waiting.clear();
  const { nextQueueNumber, seatsVersion } = book.stop;
  book.stop = { ...book.stop, ...untouchedSeats, nextQueueNumber, seatsVersion };
  book.everyLiveCancelled = true;
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
