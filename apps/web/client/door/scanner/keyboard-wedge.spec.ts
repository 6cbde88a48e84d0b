import { describe, expect, it } from '@jest/globals';
import { KeyboardWedge } from './keyboard-wedge.js';

const badge = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function type(wedge: KeyboardWedge, text: string, gapMs: number, fromMs = 1_000): string | null {
  let atMs = fromMs;
  for (const key of text) wedge.press(key, (atMs += gapMs));
  return wedge.press('Enter', atMs + gapMs);
}

describe('a scanner that types', () => {
  it('is distinguished from fingers by its speed', () => {
    expect(type(new KeyboardWedge(), badge, 10)).toBe(badge);
    expect(type(new KeyboardWedge(), badge, 150)).toBeNull();
  });

  it('is no short word, and leaves nothing behind', () => {
    const wedge = new KeyboardWedge();
    expect(type(wedge, 'abc', 10)).toBeNull();
    expect(type(wedge, badge, 10, 5_000)).toBe(badge);
    expect(wedge.press('Enter', 9_000)).toBeNull();
  });

  it('may hold Shift for capitals', () => {
    const wedge = new KeyboardWedge();
    let atMs = 0;
    for (const key of badge) {
      wedge.press('Shift', (atMs += 5));
      wedge.press(key, (atMs += 5));
    }
    expect(wedge.press('Enter', atMs + 5)).toBe(badge);
  });
});
