import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readAnyEmailAddress, readEmailAddress } from './email-address.js';
import { readAnyPhoneNumber, readPhoneNumber } from './phone-number.js';
import { readAnyText, readText } from './readable-text.js';

const runs = { numRuns: 2_000 };
const of = (characters: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), maxLength });

/** Usual values have a short way through; it must lead to where the long one does. */
describe('a usual value is read as every value is', () => {
  const texts = fc.oneof(
    of(' aZ09~!"示例，。「」【】ＡＢ～', 12),
    of(' \t\n\u3000\u200B\u202E\uFFFDaé示\u0301', 8),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );

  it.each([true, false])('texts, on one line: %s', (isOneLine) => {
    fc.assert(
      fc.property(texts, fc.constantFrom(0, 1), fc.constantFrom(3, 200), (given, minLength, maxLength) => {
        const rules = { minLength, maxLength, isOneLine };
        expect(readText(given, rules)).toEqual(readAnyText(given, rules));
      }),
      runs,
    );
  });

  it('single characters of the plane that most are of', () => {
    const rules = { minLength: 1, maxLength: 10, isOneLine: true };
    for (let unit = 0; unit < 0x10000; unit += 1) {
      const given = `${String.fromCharCode(unit)}`;
      const [short, long] = [readText(given, rules), readAnyText(given, rules)];
      if (JSON.stringify(short) !== JSON.stringify(long)) expect([unit, short]).toEqual([unit, long]);
    }
  });

  it('e-mail addresses', () => {
    const addresses = fc.oneof(
      fc
        .tuple(
          of('aB3._+-', 10),
          of('aZ0-.', 12),
          fc.constantFrom('', '.cn', '.COM', '.x-1', '.7', '.xn--fiqs8s'),
        )
        .map(([local, domain, end]) => `${local}@${domain}${end}`),
      of('aZ.@- ', 12),
      fc.integer({ min: 40, max: 80 }).map((length) => `${'a'.repeat(length)}@example.com`),
    );
    fc.assert(
      fc.property(addresses, (given) => {
        expect(readEmailAddress(given)).toEqual(readAnyEmailAddress(given));
      }),
      runs,
    );
  });

  it('phone numbers', () => {
    const numbers = fc.oneof(
      fc
        .tuple(fc.constantFrom('', '+86', '+', '86', '0'), of('0123456789', 12))
        .map((parts) => parts.join('')),
      fc
        .tuple(fc.constantFrom('', '+86'), of('3456789', 1), of('0123456789', 9))
        .map(([code, second, rest]) => `${code}1${second}${rest}`),
    );
    fc.assert(
      fc.property(numbers, (given) => {
        expect(readPhoneNumber(given)).toEqual(readAnyPhoneNumber(given));
      }),
      runs,
    );
  });
});
