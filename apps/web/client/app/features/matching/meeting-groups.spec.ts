import { describe, expect, it } from '@jest/globals';
import type { Meeting } from '#contracts/meetings';
import { groupOf, grouped, isLiveWith, otherSide, requestsLeft } from './meeting-groups.js';

const meeting = (status: Meeting['status'], changes: { askedId?: string; startsAt?: string } = {}) => ({
  askerId: 'we',
  askedId: 'they',
  startsAt: null,
  status,
  ...changes,
});
const incoming = { askerId: 'they', askedId: 'we', status: 'requested' as const, startsAt: null };

describe('meetings of a company', () => {
  it.each<[Meeting['status'], string]>([
    ['requested', 'asked'],
    ['accepted', 'agreed'],
    ['scheduled', 'planned'],
    ['held', 'past'],
    ['unplaced', 'past'],
  ])('%s stands under %s', (status, group) => {
    expect(groupOf(meeting(status), 'we')).toBe(group);
  });

  it('that others asked for stand first', () => {
    expect(groupOf(incoming, 'we')).toBe('inbox');
    expect(otherSide(incoming, 'we')).toBe('they');
    expect([...grouped([meeting('held'), incoming], 'we').keys()][0]).toBe('inbox');
  });

  it('come in the order of their time', () => {
    const [late, early] = ['2027-01-16T03:00:00Z', '2027-01-16T01:00:00Z'].map((startsAt) =>
      meeting('scheduled', { startsAt }),
    );
    expect(
      grouped(
        [late, early].filter((one) => one !== undefined),
        'we',
      ).get('planned'),
    ).toEqual([early, late]);
  });

  it('count against the quota while they wait for an answer, incoming ones never', () => {
    expect(requestsLeft([meeting('requested'), meeting('declined'), incoming], 'we', 3)).toBe(2);
  });

  it('are one at a time between two companies', () => {
    expect(isLiveWith([incoming], 'we', 'they')).toBe(true);
    expect(isLiveWith([meeting('declined')], 'we', 'they')).toBe(false);
  });
});
