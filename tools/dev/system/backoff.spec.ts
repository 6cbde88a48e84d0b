import { describe, expect, it } from '@jest/globals';
import { deathsAfter, restartPauseMs } from './backoff.js';

describe('the pause before a restart', () => {
  it.each([
    [1, 100],
    [2, 200],
    [3, 400],
    [6, 3_200],
    [7, 5_000],
    [5_000, 5_000],
  ])('after death %i in a row is %i ms', (deaths, pauseMs) => {
    expect(restartPauseMs(deaths)).toBe(pauseMs);
  });

  it('starts over after ten seconds of life, and not before', () => {
    expect(deathsAfter(6, 10_000)).toBe(1);
    expect(deathsAfter(6, 9_999)).toBe(7);
  });
});
