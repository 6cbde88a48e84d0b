import { describe, expect, it } from '@jest/globals';
import { faultsOfPlan, firstPlan, planBody } from './plan-draft.js';

describe('the options of a plan', () => {
  it('have no fault at first, and leave the steps to the service', () => {
    expect(faultsOfPlan(firstPlan)).toEqual(new Map());
    expect(planBody(firstPlan, ['a'])).toEqual({ seed: 1, seconds: 10, locked: [] });
  });

  it('are read however they were typed', () => {
    const draft = { ...firstPlan, seed: '７', steps: '5,000,000', seconds: '0.5' };
    expect(faultsOfPlan(draft)).toEqual(new Map());
    expect(planBody(draft, [])).toMatchObject({ seed: 7, steps: 5_000_000, seconds: 0.5 });
  });

  it('keep all scheduled meetings, or those that were chosen and still have a place', () => {
    expect(planBody({ ...firstPlan, keep: 'all' }, ['a', 'b']).locked).toEqual(['a', 'b']);
    expect(planBody({ ...firstPlan, keep: 'some', locked: ['b', 'gone'] }, ['a', 'b']).locked).toEqual(['b']);
  });

  it.each([
    [{ seed: '' }, '/seed'],
    [{ seed: '2147483648' }, '/seed'],
    [{ steps: '20000001' }, '/steps'],
    [{ seconds: '61' }, '/seconds'],
    [{ seconds: '' }, '/seconds'],
    [{ seconds: 'soon' }, '/seconds'],
  ])('show a fault at its field: %j', (over, pointer) => {
    expect([...faultsOfPlan({ ...firstPlan, ...over }).keys()]).toEqual([pointer]);
  });
});
