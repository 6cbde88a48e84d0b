import { describe, expect, it } from '@jest/globals';
import { plannerSearch, searchOf, viewOf } from './planner-search.js';

describe('the address of a plan', () => {
  it.each([
    [{}, {}],
    [
      { day: '2027-01-16', step: '5' },
      { day: '2027-01-16', step: 5 },
    ],
    [{ day: 'someday', step: 7, hide: '', hours: 'x' }, {}],
    [
      { hide: 'r1,r2', hours: 'all' },
      { hide: 'r1,r2', hours: 'all' },
    ],
  ])('%j is read as %j', (address, search) => {
    expect(plannerSearch(address)).toEqual(search);
    expect(searchOf(viewOf(plannerSearch(address)))).toEqual(search);
  });
});
