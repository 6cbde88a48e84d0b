import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldText } from './fold-text.js';

describe('folded text', () => {
  it.each([
    ['CAFÉ', 'café'],
    ['CAFE\u0301', 'café'],
    ['ＡＢＣ全角', 'abc全角'],
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['ẞ', 'ss'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['οδος', 'οδοσ'],
    ['ﬁne', 'fine'],
    ['①', '1'],
    ['ｶﾞ', 'ガ'],
    ['㍿', '株式会社'],
    ['İ', 'i̇'],
    ['ǰ', 'ǰ'],
    ['ᾳ', 'αι'],
    ['A\u200bI', 'ai'],
    ['葛󠄀', '葛'],
    ['示例企业', '示例企业'],
    ['100%_\\', '100%_\\'],
  ])('of %j is %j', (text, folded) => expect(foldText(text)).toBe(folded.normalize('NFKC')));

  it('is its own folded text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 }).map((given) => given.toWellFormed());
    fc.assert(fc.property(text, (given) => expect(foldText(foldText(given))).toBe(foldText(given))));
  });
});
