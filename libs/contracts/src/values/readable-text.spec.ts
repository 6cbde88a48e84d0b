import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readText, type TextRules } from './readable-text.js';

const name: TextRules = { minLength: 1, maxLength: 200, isOneLine: true };
const note: TextRules = { minLength: 0, maxLength: 2_000, isOneLine: false };

describe('a name', () => {
  it.each([
    ['  示例代表 ', '示例代表'],
    ['e\u0301', '\u00e9'],
    ['\ufeffAnna', 'Anna'],
    ['\u3000示例\u3000', '示例'],
    ['…', '…'],
    ['7', '7'],
    ['♞', '♞'],
    ['👩‍💻', '👩‍💻'],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['❤️', '❤️'],
    ['می‌خواهم', 'می‌خواهم'],
    ['ක්‍ෂ', 'ක්‍ෂ'],
    ['葛󠄀城', '葛󠄀城'],
    ['\u200fשלום', '\u200fשלום'],
    ['A\u200bB', 'A\u200bB'],
    ['数'.repeat(200), '数'.repeat(200)],
    ['🎤'.repeat(200), '🎤'.repeat(200)],
    [` ${'x'.repeat(200)}  `, 'x'.repeat(200)],
  ])('may be %j', (given, value) => expect(readText(given, name)).toEqual({ value }));

  it.each([
    ['', 'must not be empty'],
    [' \u3000\u00a0', 'must show at least one letter, digit or symbol; these characters are all invisible'],
    ['\ufeff', 'must show at least one letter, digit or symbol; these characters are all invisible'],
    ['a\u0000b', 'must not contain control characters such as U+0000'],
    ['a\u0007', 'must not contain control characters such as U+0007'],
    ['\u001b[31m', 'must not contain control characters such as U+001B'],
    ['a\u007f', 'must not contain control characters such as U+007F'],
    ['a\u0085b', 'must not contain control characters such as U+0085'],
    ['a\ufffe', 'must not contain U+FFFE, which is no character'],
    ['a\u202eb', 'must not contain U+202E, which turns the direction of the text round'],
    ['a\u202ab', 'must not contain U+202A, which turns the direction of the text round'],
    ['a\u2066b', 'must not contain U+2066, which turns the direction of the text round'],
    ['a\u2069b', 'must not contain U+2069, which turns the direction of the text round'],
    ['\ud800', 'must not contain half a character (a lone surrogate of UTF-16)'],
    ['x\udfff', 'must not contain half a character (a lone surrogate of UTF-16)'],
    ['a\nb', 'must be on one line'],
    ['a\r\nb', 'must be on one line'],
    ['a\u2028b', 'must be on one line'],
    ['a\tb', 'must not contain tabs'],
    ['x'.repeat(201), 'must be at most 200 characters long; these are 201'],
    ['🎤'.repeat(201), 'must be at most 200 characters long; these are 201'],
  ])('may not be %j: %s', (given, fault) => expect(readText(given, name)).toEqual({ fault }));

  // Zero-width space, joiner and non-joiner, word joiner, soft hyphen, combining grapheme joiner, the Mongolian vowel
  // separator, the Hangul fillers, the blank of Braille, invisible operators, variation selectors, tags, a lone accent.
  it.each(
    [
      '\u200b \u200c \u200d \u2060 \u00ad \u034f \u180e \u3164 \uffa0 \u115f \u1160 \u2800 \u2061 \u2064',
      '\ufe0f \u{e0100} \u{e0041} \u0301 \u200e \u200f \u061c \ufffc \u{1d159} \u{16fe4} \u{13441} \u17b4',
    ].flatMap((characters) => characters.split(' ')),
  )('may not be %j alone, since it shows nothing', (invisible) => {
    for (const given of [invisible, ` ${invisible}${invisible} ${invisible}`])
      expect(readText(given, name)).toEqual({
        fault: 'must show at least one letter, digit or symbol; these characters are all invisible',
      });
  });

  it('is read the same when it is read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (given) => {
        const reading = readText(given, name);
        if ('value' in reading) expect(readText(reading.value, name)).toEqual(reading);
      }),
    );
  });
});

describe('a note', () => {
  it.each(['a\nb', 'a\tb', 'a\r\nb', 'a\u2028b', ''])('may be %j', (given) =>
    expect(readText(given, note)).toEqual({ value: given }),
  );

  it.each(['\u200b', 'a\u202eb', 'a\u0000', 'x'.repeat(2_001)])('may not be %j', (given) =>
    expect(readText(given, note)).toEqual({ fault: expect.any(String) }),
  );
});
