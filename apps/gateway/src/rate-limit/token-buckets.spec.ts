import { describe, expect, it } from '@jest/globals';
import { TokenBuckets } from './token-buckets.js';

const wait = (buckets: TokenBuckets, caller: string, nowMs: number) =>
  buckets.take(caller, nowMs).waitSeconds;

describe('TokenBuckets', () => {
  it('gives a minute of requests at once, then one each interval', () => {
    const buckets = new TokenBuckets(60);
    for (let n = 0; n < 60; n += 1) expect(wait(buckets, 'a', 0)).toBe(0);
    expect(wait(buckets, 'a', 0)).toBe(1);
    expect(wait(buckets, 'a', 999)).toBe(1);
    expect(wait(buckets, 'a', 1_000)).toBe(0);
    expect(wait(buckets, 'a', 1_000)).toBe(1);
  });

  it('never gives more than its rate over any longer time', () => {
    const buckets = new TokenBuckets(30);
    let given = 0;
    for (let now = 0; now < 600_000; now += 137) given += wait(buckets, 'a', now) === 0 ? 1 : 0;
    expect(given).toBeLessThanOrEqual(30 + 300);
    expect(given).toBeGreaterThanOrEqual(30 + 298);
  });

  it('says how long to wait, in whole seconds', () => {
    const buckets = new TokenBuckets(2);
    wait(buckets, 'a', 0);
    wait(buckets, 'a', 0);
    expect(wait(buckets, 'a', 0)).toBe(30);
    expect(wait(buckets, 'a', 29_500)).toBe(1);
  });

  it('keeps callers apart', () => {
    const buckets = new TokenBuckets(1);
    expect([wait(buckets, 'a', 0), wait(buckets, 'b', 0), wait(buckets, 'a', 0)]).toEqual([0, 0, 60]);
  });

  it('forgets the oldest caller when there are too many, and survives a clock that steps back', () => {
    const buckets = new TokenBuckets(1, 2);
    for (const caller of ['a', 'b', 'c']) wait(buckets, caller, 5_000);
    expect(wait(buckets, 'a', 5_000)).toBe(0);
    expect(wait(buckets, 'c', 0)).toBe(60);
  });

  it('says what is left, and when all is back', () => {
    const buckets = new TokenBuckets(60);
    expect(buckets.take('a', 0)).toEqual({ waitSeconds: 0, left: 59, fullInSeconds: 1 });
    for (let n = 0; n < 59; n += 1) buckets.take('a', 0);
    expect(buckets.take('a', 0)).toEqual({ waitSeconds: 1, left: 0, fullInSeconds: 60 });
  });

  it('counts what other processes let in, which can leave a debt', () => {
    const [here, there] = [new TokenBuckets(60), new TokenBuckets(60)];
    for (let n = 0; n < 60; n += 1) [here, there].forEach((buckets) => buckets.take('a', 0));
    expect(there.takeSpent()).toEqual([['a', 60]]);
    expect(there.takeSpent()).toEqual([]);
    here.spendRemotely('a', 60, 0);
    expect([wait(here, 'a', 60_000), wait(here, 'a', 61_000)]).toEqual([1, 0]);
    here.spendRemotely('a', 1_000_000, 61_000);
    expect(wait(here, 'a', 61_000)).toBe(61);
  });
});
