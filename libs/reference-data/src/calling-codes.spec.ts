import { describe, expect, it } from '@jest/globals';
import { callingCodeRows } from './calling-codes.data.js';
import { callingCodeOf } from './calling-codes.js';

const codes = callingCodeRows
  .trim()
  .split('\n')
  .map((row) => row.split(' ')[0] ?? '');

describe('the table of calling codes', () => {
  it('has each code once, none that begins with another, all with possible lengths', () => {
    expect(codes.length).toBeGreaterThan(200);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) {
      expect(codes.filter((other) => other.startsWith(code))).toEqual([code]);
      const lengths = callingCodeOf(code)?.lengths ?? [];
      expect(lengths.length).toBeGreaterThan(0);
      for (const length of lengths) expect(length).toEqual(expect.any(Number));
    }
  });

  it.each([
    ['8613800138000', '86', true],
    ['12025550123', '1', false],
    ['442079460958', '44', true],
    ['390612345678', '39', false],
    ['85223456789', '852', false],
    ['886223456789', '886', true],
  ])('knows where %s is dialled', (digits, code, hasTrunkZero) =>
    expect(callingCodeOf(digits)).toMatchObject({ code, hasTrunkZero }),
  );

  it.each(['999123456', '210123456', '0123', ''])('knows that nobody has %j', (digits) =>
    expect(callingCodeOf(digits)).toBeNull(),
  );
});
