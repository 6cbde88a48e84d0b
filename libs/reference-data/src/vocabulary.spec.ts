import { describe, expect, it } from '@jest/globals';
import { conceptLists, conceptOf, concepts } from './vocabulary.js';

const wordsOf = (one: (typeof concepts)[number]) => [one.zh, one.en, ...one.synonyms];

describe('the vocabulary', () => {
  it('has well over a hundred concepts in six lists', () => {
    expect(concepts.length).toBeGreaterThanOrEqual(120);
    expect(new Set(concepts.map(({ list }) => list))).toEqual(new Set(conceptLists));
  });

  it('names every concept once, in lower case, after its list', () => {
    expect(new Set(concepts.map(({ id }) => id)).size).toBe(concepts.length);
    for (const { id, list } of concepts) expect(id).toMatch(new RegExp(`^${list}\\.[a-z0-9_]+$`));
  });

  it('gives every label in its own script', () => {
    for (const { zh, en } of concepts) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}, &-]*$/u);
    }
  });

  it('lets no word mean two concepts', () => {
    const meant = new Map<string, string>();
    const twice = concepts.flatMap((one) =>
      wordsOf(one)
        .map((word) => word.toLowerCase().replaceAll('-', ' '))
        .filter((word) => (meant.get(word) ?? one.id) !== one.id || void meant.set(word, one.id)),
    );
    expect(twice).toEqual([]);
  });

  it('repeats no word within a concept', () => {
    for (const one of concepts) expect(new Set(wordsOf(one)).size).toBe(wordsOf(one).length);
  });

  it('names divisions of GB/T 4754 for domains alone', () => {
    for (const { id, list, divisions } of concepts) {
      expect({ id, named: divisions.length > 0 }).toEqual({ id, named: list === 'domain' });
      for (const code of divisions) expect(code).toMatch(/^(0[1-9]|[1-8]\d|9[0-7])$/);
    }
  });

  it('finds a concept by its id', () => {
    expect(conceptOf('modality.speech')).toMatchObject({ zh: '语音', en: 'Speech' });
    expect(conceptOf('modality.smell')).toBeNull();
  });
});
