import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shareOut } from './points.js';

describe('sharing out points', () => {
  it.each([
    [10, [1, 1, 1], [4, 3, 3]],
    [10, [3, 1], [8, 2]],
    [0, [1, 2], [0, 0]],
    [5, [], []],
    [7, [0, 1], [0, 7]],
  ])('%d by %j', (total, weights, shares) => expect(shareOut(total, weights)).toEqual(shares));

  it('gives whole numbers that sum exactly and are off by less than one', () => {
    const weights = fc.array(fc.double({ min: 0.001, max: 100, noNaN: true }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), weights, (total, given) => {
        const shares = shareOut(total, given);
        const sum = given.reduce((all, one) => all + one, 0);
        expect(shares.reduce((all, one) => all + one, 0)).toBe(total);
        for (const [place, share] of shares.entries()) {
          expect(Math.abs(share - (total * (given[place] ?? 0)) / sum)).toBeLessThan(1);
        }
      }),
    );
  });
});
