import { describe, expect, it } from '@jest/globals';
import type { Interest } from '../interests/interest.js';
import { weightsOf } from './weights.js';

const meeting = (askerId: string, askedId: string) => ({ id: `${askerId}-${askedId}`, askerId, askedId });
const interest = (companyId: string, towardsId: string, level: Interest['level']): Interest => ({
  companyId,
  towardsId,
  level,
});

describe('the weight of a meeting', () => {
  it('grows with want and must of either side', () => {
    const of = (...interests: Interest[]) => weightsOf([meeting('a', 'b')], interests).get('a-b') ?? 0;
    const weights = [
      of(),
      of(interest('b', 'a', 'want')),
      of(interest('a', 'b', 'must')),
      of(interest('a', 'b', 'must'), interest('b', 'a', 'want')),
      of(interest('a', 'b', 'must'), interest('b', 'a', 'must')),
    ];
    expect(weights).toEqual(weights.toSorted((one, other) => one - other));
    expect(new Set(weights).size).toBe(weights.length);
    expect(of(interest('a', 'c', 'must'), interest('a', 'b', 'no'))).toBe(of());
  });

  it('grows for companies with few meetings, and is whole and above 0', () => {
    const popular = Array.from({ length: 90 }, (_, at) => meeting('hub', `c${at}`));
    const weights = weightsOf([...popular, meeting('x', 'y')], []);
    expect(weights.get('x-y')).toBeGreaterThan(weights.get('hub-c0') ?? Infinity);
    for (const weight of weights.values()) expect(weight).toBe(Math.max(1, Math.trunc(weight)));
  });
});
