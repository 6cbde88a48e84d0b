import { describe, expect, it } from '@jest/globals';
import { Problem } from '#contracts';
import { averageOf, movedCase, type CaseMove } from './case.js';

describe('a case', () => {
  it('is nominated, selected, announced, in this order', () => {
    expect(movedCase('nominated', 'select')).toBe('selected');
    expect(movedCase('selected', 'announce')).toBe('announced');
  });

  it.each([
    ['nominated', 'announce'],
    ['selected', 'select'],
    ['announced', 'select'],
    ['announced', 'announce'],
  ] as const)('that is %s refuses %s', (state, move: CaseMove) => {
    expect(() => movedCase(state, move)).toThrow(Problem);
  });

  it('counts no reviewer with a conflict of interest', () => {
    expect(averageOf([5, null, 4])).toBe(4.5);
    expect(averageOf([null])).toBeNull();
    expect(averageOf([])).toBeNull();
  });
});
