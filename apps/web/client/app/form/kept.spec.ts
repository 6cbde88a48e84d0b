import { expect, it } from '@jest/globals';
import { changedFrom, rebased } from './kept.js';

const before = { capacity: '10', travel: { zh: '' }, name: '首站' };

it('keeps of a form what was changed in it', () => {
  expect(changedFrom(before, before)).toEqual({});
  expect(changedFrom(before, { ...before, capacity: '12', travel: { zh: '' } })).toEqual({ capacity: '12' });
});

it('brings what a colleague saved meanwhile into the fields that nobody has touched', () => {
  const now = { capacity: '11', travel: { zh: '地铁 2 号线' }, name: '首站' };
  expect(rebased(before, now, { ...before, capacity: '12' })).toEqual({ ...now, capacity: '12' });
  expect(rebased(before, now, before)).toEqual(now);
});
