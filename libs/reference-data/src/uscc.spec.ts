import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isUscc, normaliseUscc, usccWithCheck } from './uscc.js';

const symbols = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const first17 = fc.string({ unit: fc.constantFrom(...symbols), minLength: 17, maxLength: 17 });
const published = [
  '91350100M000100Y43',
  '914403001922038216',
  '9144030071526726XG',
  '91340000711771143J',
  '91310115671143758E',
];

function replaceAt(text: string, position: number, symbol: string): string {
  return text.slice(0, position) + symbol + text.slice(position + 1);
}

describe('unified social credit code', () => {
  it.each(published)('accepts the published code %s', (code) => {
    expect(isUscc(code)).toBe(true);
  });

  it('gives the check symbol 0 where 31 divides the sum', () => {
    expect(usccWithCheck('91510100MA0000082')).toBe('91510100MA00000820');
  });

  it.each([
    ['the wrong check symbol of the standard', '91350100M000100Y4Z'],
    ['too short', '91350100M000100Y4'],
    ['too long', '91350100M000100Y433'],
    ['empty', ''],
    ['a letter outside the set', '9135010OM000100Y43'],
    ['not normalised', '91350100m000100y43'],
    ['full-width digits', '９１350100M000100Y43'],
  ])('refuses a code that is %s', (_why, code) => {
    expect(isUscc(code)).toBe(false);
  });

  it('takes lower case and spaces after normalising', () => {
    expect(normaliseUscc(' 9135 0100 m000 100y43\t')).toBe('91350100M000100Y43');
    expect(normaliseUscc('91350100\u3000M000100Y43')).toBe('91350100M000100Y43');
  });

  it('says what is wrong with a start that can have no check symbol', () => {
    expect(() => usccWithCheck('123')).toThrow(RangeError);
    expect(() => usccWithCheck('9135010OM000100Y4')).toThrow(RangeError);
  });

  it('notices every substitution of one symbol', () => {
    fc.assert(
      fc.property(first17, fc.nat(17), fc.constantFrom(...symbols), (start, position, symbol) => {
        const code = usccWithCheck(start);
        fc.pre(code.charAt(position) !== symbol);
        return !isUscc(replaceAt(code, position, symbol));
      }),
      { numRuns: 2000 },
    );
  });

  it('notices every swap of two adjacent characters', () => {
    fc.assert(
      fc.property(first17, fc.nat(16), (start, position) => {
        const code = usccWithCheck(start);
        const [left, right] = [code.charAt(position), code.charAt(position + 1)];
        fc.pre(left !== right);
        return !isUscc(replaceAt(replaceAt(code, position, right), position + 1, left));
      }),
      { numRuns: 2000 },
    );
  });

  it('answers for any string whatever', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => typeof isUscc(normaliseUscc(text)) === 'boolean'),
    );
  });
});
