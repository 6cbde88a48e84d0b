import { describe, expect, it } from '@jest/globals';
import { PeopleElsewhere } from './people-elsewhere.js';
import { aDelegate, aDelegation } from './testing/seats.builders.js';

describe('a person in two delegations of a stop', () => {
  const one = aDelegation('a', 1, { delegates: [aDelegate('1', 'wang@example.com')] });
  const other = aDelegation('b', 1, { delegates: [aDelegate('2', 'Wang@Example.com')] });
  const codes = (people: PeopleElsewhere, stopId: string, ...rest: Parameters<typeof pick>) =>
    people.warningsFor(stopId, ...pick(...rest)).map(({ code }) => code);
  const pick = (before: typeof one | null, after: typeof one) => [before, after] as const;

  it('deserves a remark, whatever the case of the address', () => {
    const stored = { stopId: 's', email: 'wang@example.com', registrationId: 'r-a' };
    expect(codes(new PeopleElsewhere([stored]), 's', null, other)).toEqual(['delegate.elsewhere']);
  });

  it('is noticed within one batch', () => {
    const people = new PeopleElsewhere([]);
    expect(codes(people, 's', null, one)).toEqual([]);
    expect(codes(people, 's', null, other)).toEqual(['delegate.elsewhere']);
  });

  it('needs one stop, two delegations, live ones, and somebody new', () => {
    const stored = { stopId: 's', email: 'wang@example.com', registrationId: 'r-a' };
    expect(codes(new PeopleElsewhere([stored]), 'another', null, other)).toEqual([]);
    expect(codes(new PeopleElsewhere([stored]), 's', null, one)).toEqual([]);
    expect(codes(new PeopleElsewhere([stored]), 's', other, { ...other, version: 2 })).toEqual([]);
    expect(codes(new PeopleElsewhere([stored]), 's', null, { ...other, status: 'cancelled' })).toEqual([]);
  });
});
