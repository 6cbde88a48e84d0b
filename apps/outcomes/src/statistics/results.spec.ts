import { describe, expect, it } from '@jest/globals';
import { resultsOf, withoutSmallCounts, type Counts } from './results.js';

const counts: Counts = {
  everRegistered: 110,
  registered: 100,
  attended: 92,
  listed: 70,
  asked: 300,
  accepted: 160,
  placed: 150,
  held: 130,
  secondContact: 30,
  cooperation: 12,
  agreement: 3,
  delegates: 219,
  sessions: 14,
  members: 24,
  cases: 15,
  papers: 1,
};

describe('the results of a stop', () => {
  it('are a funnel in which each stage is a part of the one before', () => {
    const { funnel } = resultsOf(counts);
    expect(funnel.map(({ stage, numerator, denominator }) => [stage, numerator, denominator])).toEqual([
      ['registered', 100, 110],
      ['attended', 92, 100],
      ['listed', 70, 92],
      ['asked', 300, 300],
      ['accepted', 160, 300],
      ['placed', 150, 160],
      ['held', 130, 150],
      ['secondContact', 30, 130],
      ['cooperation', 12, 30],
      ['agreement', 3, 12],
    ]);
    for (const { unit, numerator, denominator } of funnel) {
      expect(['companies', 'meetings']).toContain(unit);
      expect(Number(numerator)).toBeLessThanOrEqual(Number(denominator));
    }
  });

  it('hide counts under five from the public, and zero too', () => {
    const { funnel, totals } = withoutSmallCounts(
      resultsOf({ ...counts, sessions: 0, members: 5, cases: 4 }),
    );
    expect(funnel.at(-1)).toEqual({ stage: 'agreement', unit: 'meetings', numerator: '<5', denominator: 12 });
    expect(totals).toEqual({ delegates: 219, sessions: '<5', members: 5, cases: '<5', papers: '<5' });
  });
});
