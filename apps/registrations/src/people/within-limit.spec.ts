import { describe, expect, it } from '@jest/globals';
import { withinLimit } from './within-limit.js';

const ofSizes = (...sizes: number[]) => sizes.map((size) => ({ delegates: Array(size).fill(0) as number[] }));

describe('an answer of a limited size', () => {
  it.each([
    [[], [], []],
    [[3, 3], [3, 3], []],
    [[3, 3, 4], [3, 3, 4], []],
    [[3, 3, 5], [3, 3], [5]],
    [[11, 1], [11], [1]],
    [[1, 11, 1], [1], [11, 1]],
  ])('holds the first of %j that have 10 delegates together', (sizes, answered, unanswered) => {
    expect(withinLimit(ofSizes(...sizes), 10)).toEqual({
      answered: ofSizes(...answered),
      unanswered: ofSizes(...unanswered),
    });
  });
});
