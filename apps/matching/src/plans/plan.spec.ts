import { describe, expect, it } from '@jest/globals';
import { chosenItems, moved, presentStatus, shown, type PlanMove, type PlanRecord } from './plan.js';

const ready: PlanRecord = {
  id: 'plan',
  stopId: 'stop',
  organizationId: 'organization',
  status: 'ready',
  seed: 1,
  steps: 100,
  seconds: 0,
  locked: [],
  basis: 'then',
  progress: { steps: 100, value: 90, bound: 100 },
  result: {
    value: 90,
    bound: 100,
    endedBy: 'steps',
    items: [{ meetingId: 'm1', startsAt: '2027-01-16T01:00:00Z', tableNo: 1, weight: 90 }],
    unplaced: [{ meetingId: 'm2', weight: 10, reasons: ['tables_taken'] }],
    penalties: [],
  },
  createdAt: '2026-11-27T00:00:00Z',
  version: 2,
};
const computing: PlanRecord = { ...ready, status: 'computing', basis: null, result: null };
const codeOf = (plan: PlanRecord, move: PlanMove, basis = 'then') => {
  try {
    return moved(plan, move, basis).status;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a plan', () => {
  it('is stale once its basis changed, as long as nothing became of it', () => {
    expect(presentStatus(ready, 'then')).toBe('ready');
    expect(presentStatus(ready, 'now')).toBe('stale');
    expect(presentStatus({ ...ready, status: 'accepted' }, 'now')).toBe('accepted');
    expect(presentStatus(computing, 'now')).toBe('computing');
  });

  it.each([
    ['accept', 'accepted', 'plan.stale', 'plan.invalid_transition'],
    ['reject', 'rejected', 'rejected', 'plan.invalid_transition'],
    ['cancel', 'plan.invalid_transition', 'plan.invalid_transition', 'rejected'],
  ] as const)('on %s is %s, stale %s, computing %s', (move, whenReady, whenStale, whenComputing) => {
    expect(codeOf(ready, move)).toBe(whenReady);
    expect(codeOf(ready, move, 'now')).toBe(whenStale);
    expect(codeOf(computing, move)).toBe(whenComputing);
    for (const status of ['accepted', 'rejected', 'failed'] as const)
      expect(codeOf({ ...ready, status }, move)).toBe('plan.invalid_transition');
  });

  it('says how far it is from the best possible, once it is known', () => {
    expect(shown(ready, 'then')).toMatchObject({ gap: 0.1, provenBest: false, endedBy: 'steps' });
    expect(shown(computing, 'then')).toMatchObject({ value: null, gap: null, items: [], unplaced: [] });
    const nothing = { ...ready, result: { ...ready.result, value: 0, bound: 0 } } as PlanRecord;
    expect(shown(nothing, 'then')).toMatchObject({ gap: 0, provenBest: true });
  });

  it('is accepted whole or in part', () => {
    expect(chosenItems(ready, undefined)).toEqual(ready.result?.items);
    expect(chosenItems(ready, ['m1'])).toEqual(ready.result?.items);
    expect(chosenItems(ready, ['m1', 'm2'])).toBeNull();
  });
});
