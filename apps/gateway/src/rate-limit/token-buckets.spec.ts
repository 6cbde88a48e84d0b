import { describe, expect, it } from '@jest/globals';
import { TokenBuckets } from './token-buckets.js';

describe('TokenBuckets', () => {
  it('gives a minute of requests at once, then one each interval', () => {
    const buckets = new TokenBuckets(60);
    for (let n = 0; n < 60; n += 1) expect(buckets.take('a', 0)).toBe(0);
    expect(buckets.take('a', 0)).toBe(1);
    expect(buckets.take('a', 999)).toBe(1);
    expect(buckets.take('a', 1_000)).toBe(0);
    expect(buckets.take('a', 1_000)).toBe(1);
  });

  it('never gives more than its rate over any longer time', () => {
    const buckets = new TokenBuckets(30);
    let given = 0;
    for (let now = 0; now < 600_000; now += 137) given += buckets.take('a', now) === 0 ? 1 : 0;
    expect(given).toBeLessThanOrEqual(30 + 300);
    expect(given).toBeGreaterThanOrEqual(30 + 298);
  });

  it('says how long to wait, in whole seconds', () => {
    const buckets = new TokenBuckets(2);
    buckets.take('a', 0);
    buckets.take('a', 0);
    expect(buckets.take('a', 0)).toBe(30);
    expect(buckets.take('a', 29_500)).toBe(1);
  });

  it('keeps callers apart, and is off at 0', () => {
    const buckets = new TokenBuckets(1);
    expect([buckets.take('a', 0), buckets.take('b', 0), buckets.take('a', 0)]).toEqual([0, 0, 60]);
    const off = new TokenBuckets(0);
    for (let n = 0; n < 1_000; n += 1) expect(off.take('a', 0)).toBe(0);
  });

  it('forgets the oldest caller when there are too many, and survives a clock that steps back', () => {
    const buckets = new TokenBuckets(1, 2);
    for (const caller of ['a', 'b', 'c']) buckets.take(caller, 5_000);
    expect(buckets.take('a', 5_000)).toBe(0);
    expect(buckets.take('c', 0)).toBe(60);
  });
});
