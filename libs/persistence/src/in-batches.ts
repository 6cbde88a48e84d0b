import type { AdvisoryLocks } from './sql/advisory-lock.js';

/** Things looked up at once. */
const batchSize = 100;
/** Batches of one run at most; the rest waits for the next run. */
const maxBatches = 1_000;

/**
 * Works off what is due, batch by batch, in one process at a time. Work on one of them has to make it due no more; a
 * failure ends the run, and the next one tries again.
 * @param lock the name of the work, the same in all processes
 * @returns how many were worked on
 */
export async function workOffInBatches<Due>(
  locks: AdvisoryLocks,
  lock: string,
  findDue: (take: number) => Promise<readonly Due[]>,
  work: (batch: readonly Due[]) => Promise<void>,
): Promise<number> {
  const total = await locks.withAdvisoryLock(lock, async () => {
    let count = 0;
    for (let batch = 0; batch < maxBatches; batch += 1) {
      const due = await findDue(batchSize);
      await work(due);
      count += due.length;
      if (due.length < batchSize) break;
    }
    return count;
  });
  return total ?? 0;
}
