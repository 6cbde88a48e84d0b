import { describe, expect, it } from '@jest/globals';
import { answersOf, tabOf } from './requests.js';

describe('requests of a stop', () => {
  it('stand under the tab of their state', () => {
    expect(tabOf({ status: 'requested' })).toBe('requested');
    expect(tabOf({ status: 'missed' })).toBe('over');
    expect(tabOf({ status: 'expired' })).toBe('ended');
  });

  it('are answered by a yes or a no, not by running out', () => {
    const statuses = ['requested', 'expired', 'withdrawn', 'declined', 'held', 'accepted'] as const;
    expect(answersOf(statuses.map((status) => ({ status })))).toEqual({ answered: 3, accepted: 2 });
  });
});
