import { describe, expect, it } from '@jest/globals';
import { countFitting } from './page-size.js';

describe('a page of a list', () => {
  const item = (bytes: number) => 'x'.repeat(bytes - 3);

  it.each([
    ['small items', [item(100), item(100), item(100)], 2, 2],
    ['fewer than asked for', [item(100)], 50, 50],
    ['large items', [item(400_000), item(400_000), item(200_000)], 50, 2],
    ['an item too large alone', [item(2_000_000), item(10)], 50, 1],
    ['Chinese text counts its bytes', ['站'.repeat(200_000), '站'.repeat(200_000)], 50, 1],
  ])('%s', (_what, items, limit, fit) => {
    expect(countFitting(items, limit)).toBe(fit);
  });
});
