import { describe, expect, it } from '@jest/globals';
import { concepts } from '#reference-data';
import type { MatchedListing } from '../listings/matched-listing.js';
import { ListingIndex } from './listing-index.js';
import { testPairs, tuningPairs } from './testing/pairs.data.js';
import { forgetEveryFifth, readPairs, type Pair } from './testing/pairs.js';

/** How often the offer written for a need ranks first, and among the first three, of all offers of both halves. */
function measure(asked: readonly Pair[], all: readonly Pair[]) {
  const index = new ListingIndex(all.flatMap(({ need, offer }) => [need, offer]));
  const ranks = asked.map(({ need, offer }) => {
    const found = index.matchesOf(index.listings.indexOf(need)).toSorted((a, b) => b.value - a.value);
    const rank = found.findIndex((one) => one.offer === offer);
    return rank === -1 ? Infinity : rank + 1;
  });
  const within = (places: number) => ranks.filter((rank) => rank <= places).length / ranks.length;
  return {
    first: within(1),
    firstThree: within(3),
    mrr: ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length,
  };
}

describe('ranking of offers for a need', () => {
  const halves = [...readPairs(tuningPairs, 'tuning'), ...readPairs(testPairs, 'test')];
  const half = (pairs: readonly Pair[], name: string) => pairs.filter(({ need }) => need.id.includes(name));

  it('has pairs enough', () => expect(halves.length).toBeGreaterThanOrEqual(60));

  it('finds the partner on the half that was not looked at while weights were chosen', () => {
    const forgotten = forgetEveryFifth(halves);
    const figures = {
      tuning: measure(half(halves, 'tuning'), halves),
      test: measure(half(halves, 'test'), halves),
      testForgotten: measure(half(forgotten, 'test'), forgotten),
    };
    console.log(JSON.stringify(figures));
    expect(figures.test.first).toBeGreaterThanOrEqual(0.85);
    expect(figures.test.firstThree).toBeGreaterThanOrEqual(0.95);
    expect(figures.testForgotten.firstThree).toBeGreaterThanOrEqual(0.75);
  });

  it('compares a need with 2,000 listings within milliseconds', () => {
    const index = new ListingIndex(manyListings(2_000));
    const started = process.cpuUsage();
    const needs = 100;
    for (let place = 0; place < needs; place++) index.matchesOf(place * 2);
    const { user, system } = process.cpuUsage(started);
    console.log(`${((user + system) / 1000 / needs).toFixed(2)} ms CPU a need of 2,000 listings`);
    expect(index.matchesOf(0).length).toBeGreaterThan(0);
  });
});

function manyListings(count: number): MatchedListing[] {
  const texts = `${tuningPairs}${testPairs}`
    .split('\n')
    .flatMap((row) => row.split('|').filter((_, at) => at % 2 === 0));
  return Array.from({ length: count }, (_, number) => ({
    id: String(number),
    companyId: `company-${Math.floor(number / 2)}`,
    side: number % 2 === 0 ? 'need' : 'offer',
    title: { zh: texts[number % texts.length] ?? '' },
    text: { zh: [1, 2, 3, 4, 5].map((step) => texts[(number * step) % texts.length]).join('。') },
    concepts: [1, 5, 7, 11, 13].map((step) => concepts[(number * step) % concepts.length]?.id ?? ''),
  }));
}
