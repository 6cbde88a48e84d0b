import { afterAll, describe, expect, it } from '@jest/globals';
import { JobThread } from './job-thread.js';

describe('a thread that does jobs', () => {
  const thread = new JobThread<number, number>('libs/threads/src/testing/doubling.worker.ts');
  afterAll(() => thread.stop());

  it('does them in their order', async () => {
    expect(await Promise.all([1, 2, 3].map((job) => thread.do(job)))).toEqual([2, 4, 6]);
    expect(thread.load).toBe(0);
  });

  it('goes on after one that failed', async () => {
    const [failed, next] = await Promise.allSettled([thread.do(0), thread.do(4)]);
    expect(failed).toMatchObject({ status: 'rejected', reason: { message: 'Nothing to double.' } });
    expect(next).toEqual({ status: 'fulfilled', value: 8 });
  });

  it('fails what waits when it ends, and starts anew for the next', async () => {
    const [ended, waiting] = await Promise.allSettled([thread.do(Number.NaN), thread.do(5)]);
    for (const { status } of [ended, waiting]) expect(status).toBe('rejected');
    expect(await thread.do(6)).toBe(12);
  });
});
