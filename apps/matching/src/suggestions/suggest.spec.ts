import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MatchedListing } from '../listings/matched-listing.js';
import { maxAppearances, maxSuggestions, suggestForAll, type SuggestionInput } from './suggest.js';
import { readPairs } from './testing/pairs.js';
import { testPairs } from './testing/pairs.data.js';

const listing = (
  companyId: string,
  side: 'offer' | 'need',
  concepts: string[],
  words: string = side,
): MatchedListing => ({
  id: `${companyId}-${side}-${concepts.join()}`,
  companyId,
  side,
  title: { en: words },
  text: { en: words },
  concepts,
});
const speech = ['kind.dataset', 'modality.speech', 'task.speech_recognition'];
const faces = ['kind.model', 'modality.image', 'task.face'];
const inputOf = (listings: MatchedListing[], more: Partial<SuggestionInput> = {}): SuggestionInput => ({
  companyIds: [...new Set(listings.map(({ companyId }) => companyId))],
  listings,
  interests: [],
  carried: [],
  met: [],
  ...more,
});
const twoSided = [
  listing('a', 'need', speech, 'dialect recordings'),
  listing('b', 'offer', speech, 'recordings of dialects'),
  listing('b', 'need', faces),
  listing('a', 'offer', faces),
];
const oneSided = twoSided.slice(0, 2);
const seen = (input: SuggestionInput, viewer = 'a') => suggestForAll(input).get(viewer) ?? [];
const partsOf = (input: SuggestionInput, viewer = 'a') =>
  Object.fromEntries((seen(input, viewer)[0]?.parts ?? []).map(({ part, points }) => [part, points]));

describe('suggestions', () => {
  it('name what they offer, what they need and what the texts share', () => {
    const [first] = seen(inputOf(twoSided));
    expect(first).toMatchObject({ companyId: 'b' });
    expect(first?.listings.map(({ id }) => id).toSorted()).toEqual([
      'b-need-kind.model,modality.image,task.face',
      'b-offer-kind.dataset,modality.speech,task.speech_recognition',
    ]);
    expect(first?.parts.map(({ part }) => part)).toEqual(['they_offer', 'they_need', 'text']);
    expect(first?.parts[2]?.terms).toContainEqual({ text: 'dialects', points: expect.any(Number) });
  });

  it('prefer what both get something of', () => {
    expect(seen(inputOf(twoSided))[0]?.score).toBeGreaterThan(2 * (seen(inputOf(oneSided))[0]?.score ?? 0));
  });

  it('show both sides one score, with they_offer and they_need swapped', () => {
    const { they_offer, they_need, text } = partsOf(inputOf(twoSided));
    expect(partsOf(inputOf(twoSided), 'b')).toEqual({ they_offer: they_need, they_need: they_offer, text });
  });

  it.each([0, 1, 2])('lose a concept’s own points once a side of a one-sided match drops it', (place) => {
    for (const side of [0, 1]) {
      const shorter = oneSided.map((one, at) =>
        at === side ? { ...one, concepts: one.concepts.filter((_, concept) => concept !== place) } : one,
      );
      const before = seen(inputOf(oneSided))[0];
      const lost = before?.parts[0]?.terms.find(({ conceptId }) => conceptId === speech[place])?.points ?? 0;
      const after = seen(inputOf(shorter))[0]?.score ?? 0;
      expect(Math.abs((before?.score ?? 0) - after - lost)).toBeLessThanOrEqual(2);
    }
  });

  it('need a common concept and the opposite side, and never oneself', () => {
    const own = [listing('a', 'need', speech), listing('a', 'offer', speech)];
    expect(seen(inputOf(own))).toEqual([]);
    expect(seen(inputOf([listing('a', 'need', speech), listing('b', 'need', speech)]))).toEqual([]);
    expect(seen(inputOf([listing('a', 'need', speech, 'x'), listing('b', 'offer', faces, 'x')]))).toEqual([]);
  });

  it('leave out who does not come, and pairs where either said no', () => {
    expect(seen(inputOf(twoSided, { companyIds: ['a'] }))).toEqual([]);
    for (const [companyId, towardsId] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      expect(seen(inputOf(twoSided, { interests: [{ companyId, towardsId, level: 'no' }] }))).toEqual([]);
    }
  });

  it('count the own interest, not the other’s', () => {
    const want = inputOf(oneSided, { interests: [{ companyId: 'a', towardsId: 'b', level: 'want' }] });
    const must = inputOf(oneSided, { interests: [{ companyId: 'a', towardsId: 'b', level: 'must' }] });
    expect([partsOf(want)['interest'], partsOf(must)['interest']]).toEqual([10, 20]);
    expect(partsOf(must, 'b')).toEqual(partsOf(inputOf(oneSided), 'b'));
  });

  it('lower those that met before, and put first those whose meeting found no place', () => {
    const base = seen(inputOf(twoSided))[0]?.score ?? 0;
    const met = seen(inputOf(twoSided, { met: [['b', 'a']] }))[0];
    expect(met?.score).toBe(base - Math.round(base / 2));
    expect(met?.parts.at(-1)).toMatchObject({ part: 'met', points: -Math.round(base / 2) });
    expect(seen(inputOf(twoSided, { carried: [['a', 'b']], met: [['a', 'b']] }))[0]?.score).toBe(100);
  });

  it('are at most so many, and spread over all that fit', () => {
    const popular = Array.from({ length: 50 }, (_, n) => listing(`p${n}`, 'offer', speech));
    const asking = Array.from({ length: 50 }, (_, n) => listing(`q${n}`, 'need', speech));
    const lists = suggestForAll(inputOf([...popular, ...asking]));
    const shown = new Map<string, number>();
    for (const list of lists.values()) {
      expect(list.length).toBeLessThanOrEqual(maxSuggestions);
      for (const { companyId } of list) shown.set(companyId, (shown.get(companyId) ?? 0) + 1);
    }
    expect(Math.max(...shown.values())).toBeLessThanOrEqual(maxAppearances);
    expect(shown.size).toBeGreaterThanOrEqual(60);
  });

  it('sum exactly at every level, whatever the order of the input', () => {
    const pairs = readPairs(testPairs, 'test');
    // Three companies hold each row's two sides in turn, so that some pairs match both ways.
    const listings = pairs.flatMap(({ need, offer }, row) => [
      { ...need, companyId: `company-${row % 7}` },
      { ...offer, companyId: `company-${(row + 3) % 7}` },
    ]);
    const expected = suggestForAll(inputOf(listings));
    fc.assert(
      fc.property(fc.shuffledSubarray(listings, { minLength: listings.length }), (shuffled) => {
        const lists = suggestForAll(inputOf(shuffled));
        expect(Object.fromEntries(lists)).toEqual(Object.fromEntries(expected));
      }),
      { numRuns: 5 },
    );
    for (const suggestion of [...expected.values()].flat()) {
      expect(suggestion.parts.reduce((sum, { points }) => sum + points, 0)).toBe(suggestion.score);
      for (const part of suggestion.parts) {
        expect(part.terms.reduce((sum, { points }) => sum + points, 0)).toBe(part.points);
      }
    }
  });
});
