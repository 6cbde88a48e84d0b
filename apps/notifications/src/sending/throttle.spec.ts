import { describe, expect, it } from '@jest/globals';
import { Throttle, familyPerMinute } from './throttle.js';

function throttleAt() {
  const clock = { now: 0 };
  return { clock, throttle: (perMinute?: number) => new Throttle(perMinute, () => clock.now) };
}

/** How many mails may go to a provider within some minutes, asked for every second. */
function sentIn(
  minutes: number,
  throttle: Throttle,
  clock: { now: number },
  key = 'qq',
  isFamily = true,
): number {
  let sent = 0;
  for (let second = 0; second < minutes * 60; second += 1) {
    while (sent < 100_000 && throttle.take(key, isFamily) === 0) sent += 1;
    clock.now += 1_000;
  }
  return sent;
}

describe('the throttle', () => {
  it('writes to a family of public mailboxes thirty times a minute', () => {
    const { clock, throttle } = throttleAt();
    const one = throttle();
    expect(sentIn(1, one, clock)).toBeLessThanOrEqual(familyPerMinute * 2);
    const before = clock.now;
    const more = sentIn(10, one, clock);
    expect(more).toBeGreaterThanOrEqual(familyPerMinute * 10 - 1);
    expect(more).toBeLessThanOrEqual(familyPerMinute * 10 + 1);
    expect(clock.now - before).toBe(600_000);
  });

  it('leaves a provider alone that refuses, and others not', () => {
    const { clock, throttle } = throttleAt();
    const one = throttle();
    expect(one.take('example.com', false)).toBe(0);
    one.refused('example.com', false);
    expect(one.take('example.com', false)).toBe(60_000);
    expect(one.take('other.example', false)).toBe(0);
    clock.now += 60_000;
    const minutes = [1, 2, 3].map(() => sentIn(1, one, clock, 'example.com', false));
    expect(minutes[0]).toBeLessThanOrEqual(familyPerMinute + 2);
    expect(minutes[2]).toBeGreaterThanOrEqual(minutes[0] ?? 0);
  });

  it('keeps to the rate of the account over all recipients', () => {
    const { clock, throttle } = throttleAt();
    const one = throttle(60);
    sentIn(1, one, clock, 'a', false);
    let sent = 0;
    for (let second = 0; second < 60; second += 1) {
      for (const key of ['a', 'b', 'c']) if (one.take(key, false) === 0) sent += 1;
      clock.now += 1_000;
    }
    expect(sent).toBeGreaterThanOrEqual(59);
    expect(sent).toBeLessThanOrEqual(61);
  });
});
