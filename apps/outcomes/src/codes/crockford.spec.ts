import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeCode, readCode } from './crockford.js';

const values = fc.bigInt({ min: 0n, max: 2n ** 100n - 1n });

describe('a verification code', () => {
  it('is groups of five and a check symbol', () => {
    expect(encodeCode(0n)).toBe('00000-00000-00000-00000-0');
    expect(encodeCode(36n)).toBe('00000-00000-00000-00014-U');
    expect(encodeCode(2n ** 100n - 1n)).toMatch(/^Z{5}-Z{5}-Z{5}-Z{5}-.$/);
  });

  it('is read in any case, with or without hyphens, O as 0, I and L as 1', () => {
    fc.assert(
      fc.property(
        values,
        fc.boolean(),
        fc.boolean(),
        fc.infiniteStream(fc.boolean()),
        (value, lower, bare, flips) => {
          const code = encodeCode(value);
          const confused = [...code]
            .map((symbol) => {
              const { value: flip } = flips.next();
              if (symbol === '0' && flip === true) return 'O';
              if (symbol === '1') return flip === true ? 'I' : 'L';
              return symbol;
            })
            .join('');
          const written = bare ? confused.replaceAll('-', '') : confused;
          expect(readCode(lower ? written.toLowerCase() : written)).toBe(code);
        },
      ),
    );
  });

  it('notices every changed symbol and every swap of neighbours', () => {
    const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    fc.assert(
      fc.property(values, fc.nat(19), fc.constantFrom(...symbols), (value, at, other) => {
        const bare = encodeCode(value).replaceAll('-', '');
        fc.pre(bare[at] !== other);
        expect(readCode(bare.slice(0, at) + other + bare.slice(at + 1))).toBeNull();
      }),
    );
    fc.assert(
      fc.property(values, fc.nat(18), (value, at) => {
        const bare = encodeCode(value).replaceAll('-', '');
        const [a = '', b = ''] = [bare[at], bare[at + 1]];
        fc.pre(a !== b);
        expect(readCode(bare.slice(0, at) + b + a + bare.slice(at + 2))).toBeNull();
      }),
    );
  });

  it('is nothing else', () => {
    for (const text of [
      '',
      '-',
      'U',
      '0'.repeat(22),
      'x'.repeat(100_000),
      '数据要素',
      '00000-00000-00000-00000-1',
    ])
      expect(readCode(text)).toBeNull();
  });
});
