import { Problem } from '../../libs/contracts/src/index.js';

/** How requests that start together end: `done` or the code of the refusal, sorted. */
export async function outcomes(requests: readonly Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(requests);
  return settled
    .map((one) => {
      if (one.status === 'fulfilled') return 'done';
      if (one.reason instanceof Problem) return one.reason.code;
      throw one.reason;
    })
    .toSorted();
}
