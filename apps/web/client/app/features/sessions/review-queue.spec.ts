import { describe, expect, it } from '@jest/globals';
import { aSession } from '../planner/sessions.fixture.js';
import { besideInQueue, reviewQueue } from './review-queue.js';

const proposal = (id: string, day: number) =>
  aSession({ id, status: 'proposed', createdAt: `2027-01-0${day}T00:00:00Z` });
const sessions = [proposal('b', 2), proposal('a', 1), aSession({ id: 'accepted' }), proposal('c', 3)];
const reviews = new Map([
  ['a', { count: 2, average: 3 }],
  ['b', { count: 1, average: 5 }],
]);

describe('the review queue', () => {
  it.each([
    ['oldest', ['a', 'b', 'c']],
    ['fewest', ['c', 'b', 'a']],
    ['highest', ['b', 'a', 'c']],
  ] as const)('in the order %s', (order, ids) =>
    expect(reviewQueue(sessions, order, reviews).map(({ id }) => id)).toEqual(ids),
  );

  it.each([
    ['forward', ['a', 'b', 'c'], 'a', 1, 'b'],
    ['back', ['a', 'b', 'c'], 'b', -1, 'a'],
    ['round the end', ['a', 'b', 'c'], 'c', 1, 'a'],
    ['round the beginning', ['a', 'b', 'c'], 'a', -1, 'c'],
    ['over what is decided', ['a', 'c'], 'a', 1, 'c'],
    ['from what is decided', ['a', 'c'], 'b', 1, 'c'],
    ['nowhere else', ['a'], 'a', 1, 'a'],
    ['to nothing', [], 'a', 1, null],
  ] as const)('goes %s', (_, now, id, by, to) =>
    expect(besideInQueue(['a', 'b', 'c'], now, id, by)).toBe(to),
  );
});
