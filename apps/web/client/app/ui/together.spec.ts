import { describe, expect, it } from '@jest/globals';
import { together } from './together.js';

const asked = (data: string | undefined, error: unknown = null) => {
  const one = { data, error, times: 0, refetch: () => (one.times += 1) };
  return one;
};

describe('several questions as one', () => {
  it('has an answer once all of them have', () => {
    expect(together(asked('a'), asked(undefined)).data).toBeUndefined();
    expect(together(asked('a'), asked('b')).data).toEqual(['a', 'b']);
  });

  it('fails with what is missing, and not with what is only out of date', () => {
    expect(together(asked('known', 'stale'), asked(undefined)).error).toBeNull();
    expect(together(asked('known', 'stale'), asked(undefined, 'away')).error).toBe('away');
  });

  it('asks again for what is missing alone', () => {
    const [known, missing] = [asked('known'), asked(undefined)];
    together(known, missing).refetch();
    expect([known.times, missing.times]).toEqual([0, 1]);
  });
});
