import type { Waiting } from './decision.js';

/**
 * The queue of one stop, in order of queue numbers. Where the stored list was not loaded only those who join now
 * are known; since they join at the end, their positions follow from the number of those before.
 */
export class WaitingList {
  private readonly entries: Waiting[];
  private readonly notLoaded: number;

  constructor(loaded: readonly Waiting[] | null, waitingDelegations: number) {
    this.entries = loaded === null ? [] : [...loaded];
    this.notLoaded = loaded === null ? waitingDelegations : 0;
  }

  /** The queue from its head, as a copy, since promoting takes entries out. Throws where the list was needed and not loaded: that is a bug of the loader. */
  inOrder(): Waiting[] {
    if (this.notLoaded > 0) throw new Error('The waiting list is needed here and was not loaded.');
    return [...this.entries];
  }

  add(entry: Waiting): void {
    this.entries.splice(this.indexOf(entry.queueNumber), 0, entry);
  }

  remove(queueNumber: number): void {
    const index = this.indexOf(queueNumber);
    if (this.entries[index]?.queueNumber !== queueNumber) {
      throw new Error('A waiting delegation was named and the waiting list was not loaded.');
    }
    this.entries.splice(index, 1);
  }

  clear(): void {
    this.entries.length = 0;
  }

  /** 1-based: the number of those who wait with a smaller queue number, and one. */
  positionOf(queueNumber: number): number {
    return this.notLoaded + this.indexOf(queueNumber) + 1;
  }

  /** Binary search for the first entry whose number is not smaller. */
  private indexOf(queueNumber: number): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const entry = this.entries[middle];
      if (entry !== undefined && entry.queueNumber < queueNumber) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
