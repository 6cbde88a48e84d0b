import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem, followUpStages, stepStages } from '#contracts';
import { organizerParty, stateOf, withConfirmed, withStep, type FollowUpRecord } from './follow-up.js';

const [a, b] = ['a', 'b'];
const now = new Date('2027-01-20T00:00:00Z');
const open: FollowUpRecord = {
  id: 'f',
  stopId: 's',
  tourId: 't',
  organizationId: 'o',
  meetingId: 'm',
  companies: [a, b],
  subject: '方言语料试用',
  stage: 'open',
  steps: [],
  createdAt: '2027-01-17T00:00:00Z',
  version: 1,
};
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return 'none';
};

describe('a follow-up', () => {
  it('moves when the other side confirms a step', () => {
    const said = withStep(open, { stage: 'trial', note: '两周', amount: 80_000 }, a, now);
    expect(said.stage).toBe('open');
    expect(said.steps).toEqual([
      {
        n: 1,
        stage: 'trial',
        note: '两周',
        amount: 80_000,
        by: a,
        at: '2027-01-20T00:00:00Z',
        confirmedBy: null,
        confirmedAt: null,
      },
    ]);
    expect(codeOf(() => withConfirmed(said, 1, a, now))).toBe('outcome.own_step');
    for (const by of [b, organizerParty])
      expect(withConfirmed(said, 1, by, now)).toMatchObject({ stage: 'trial', steps: [{ confirmedBy: by }] });
  });

  it('moves by a step of the organizer once either side confirms it', () => {
    const said = withStep(open, { stage: 'agreed' }, organizerParty, now);
    expect(codeOf(() => withConfirmed(said, 1, organizerParty, now))).toBe('outcome.own_step');
    expect(withConfirmed(said, 1, b, now).stage).toBe('agreed');
  });

  it('goes forward only, and never on from its end', () => {
    for (const from of followUpStages)
      for (const to of stepStages) {
        const forward = from !== 'ended' && followUpStages.indexOf(to) > followUpStages.indexOf(from);
        expect(codeOf(() => withStep({ ...open, stage: from }, { stage: to }, a, now))).toBe(
          forward ? 'none' : 'outcome.invalid_transition',
        );
      }
  });

  it('refuses a step that was overtaken, confirmed before, or never said', () => {
    const two = withStep(withStep(open, { stage: 'talking' }, a, now), { stage: 'trial' }, a, now);
    const on = withConfirmed(two, 2, b, now);
    expect(codeOf(() => withConfirmed(on, 1, b, now))).toBe('outcome.invalid_transition');
    expect(codeOf(() => withConfirmed(on, 2, b, now))).toBe('outcome.invalid_transition');
    expect(codeOf(() => withConfirmed(on, 3, b, now))).toBe('resource.not_found');
  });

  it('never goes back, whatever is said and confirmed by whom', () => {
    const move = fc.record({
      confirm: fc.boolean(),
      n: fc.integer({ min: 1, max: 8 }),
      stage: fc.constantFrom(...stepStages),
      by: fc.constantFrom(a, b, organizerParty),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        let followUp = open;
        for (const { confirm, n, stage, by } of moves) {
          const before = followUp.stage;
          try {
            followUp = confirm ? withConfirmed(followUp, n, by, now) : withStep(followUp, { stage }, by, now);
          } catch (error) {
            expect(error).toBeInstanceOf(Problem);
          }
          expect(followUpStages.indexOf(followUp.stage)).toBeGreaterThanOrEqual(
            followUpStages.indexOf(before),
          );
        }
        for (const step of followUp.steps) expect(step.confirmedBy).not.toBe(step.by);
      }),
    );
  });

  it('tells others neither notes nor amounts', () => {
    const said = withStep(open, { stage: 'trial', note: '秘密', amount: 1 }, a, now);
    expect(JSON.stringify(stateOf(said))).not.toMatch(/秘密|amount|方言/);
  });
});
