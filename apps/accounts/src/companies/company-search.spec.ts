import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldText } from '#contracts';
import { ngramsOf, ngramsOfQuery, searchTextOf } from './company-search.js';

/** What the database does: all n-grams of the query, then the text itself. */
function finds(company: Parameters<typeof searchTextOf>[0], q: string): boolean {
  const text = searchTextOf(company);
  const folded = foldText(q);
  const ngrams = new Set(ngramsOf(text));
  return ngramsOfQuery(folded).every((ngram) => ngrams.has(ngram)) && text.includes(folded);
}

const company = { name: { zh: '成都ＡＢＣ数据科技有限公司', en: 'CAFÉ Straße' }, uscc: '91350100M000100Y43' };

describe('a search of companies', () => {
  it.each([
    ['the whole name', '成都ABC数据科技有限公司', true],
    ['a part in Chinese', '数据科技', true],
    ['two characters', '都a', true],
    ['one character', '技', true],
    ['one letter', 'é', true],
    ['one ASCII letter', 'f', true],
    ['full-width letters', 'ａｂｃ', true],
    ['the other case', 'café', true],
    ['what folds to more characters', 'STRASSE', true],
    ['decomposed letters', 'CAFE\u0301', true],
    ['the credit code', '91350100m000100y43', true],
    ['a part of the credit code', '100Y4', true],
    ['characters that stand apart', '成技', false],
    ['pairs in another order', '科技数据', false],
    ['another letter', 'cafe', false],
    ['wildcards', '数%技', false],
    ['over the end of the name', '司c', false],
  ])('%s: %s', (_what, q, found) => {
    expect(finds(company, q)).toBe(found);
  });

  it('finds every substring of the folded text, whatever the characters', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(text, fc.nat(19), fc.integer({ min: 1, max: 20 }), (zh, from, length) => {
        const line = foldText(zh).split('\n')[0] ?? '';
        const part = Array.from(line)
          .slice(from, from + length)
          .join('');
        return part === '' || finds({ name: { zh }, uscc: company.uscc }, part);
      }),
    );
  });

  it('stores integers of 32 bits, also for characters beyond the BMP', () => {
    for (const ngram of ngramsOf('𠮷野家 𝒜b')) expect(ngram | 0).toBe(ngram);
    expect(finds({ name: { zh: '𠮷野家' }, uscc: company.uscc }, '𠮷野')).toBe(true);
  });
});
