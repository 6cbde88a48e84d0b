import { describe, expect, it } from '@jest/globals';
import type { FollowUp, FollowUpStep } from '#contracts/outcomes';
import { inOrder, nextStages, waitingStep } from './thread.js';

const step = (n: number, stage: FollowUpStep['stage'], by: string, isConfirmed = false): FollowUpStep => ({
  n,
  stage,
  note: null,
  amount: null,
  by,
  at: '2027-01-20T00:00:00Z',
  confirmedBy: isConfirmed ? 'b' : null,
  confirmedAt: isConfirmed ? '2027-01-21T00:00:00Z' : null,
});
const thread = (id: string, stage: FollowUp['stage'], steps: FollowUpStep[] = []): FollowUp => ({
  id,
  stopId: 's',
  meetingId: null,
  companies: ['a', 'b'],
  subject: '试用',
  stage,
  steps,
  createdAt: '2027-01-18T00:00:00Z',
  version: 1,
});

describe('a follow-up', () => {
  it('goes forward, and ends from each stage but the end', () => {
    expect(nextStages({ stage: 'open' })).toEqual(['talking', 'trial', 'agreed', 'delivered', 'ended']);
    expect(nextStages({ stage: 'agreed' })).toEqual(['delivered', 'ended']);
    expect(nextStages({ stage: 'delivered' })).toEqual(['ended']);
    expect(nextStages({ stage: 'ended' })).toEqual([]);
  });

  it('waits for its newest step that can still be confirmed', () => {
    const steps = [step(1, 'talking', 'a'), step(2, 'trial', 'b', true), step(3, 'agreed', 'a')];
    expect(waitingStep(thread('1', 'trial', steps))?.n).toBe(3);
    expect(waitingStep(thread('1', 'trial', steps.slice(0, 2)))).toBeNull();
  });

  it('stands first where the company has to confirm it, last where it is over', () => {
    const all = [
      thread('1', 'ended'),
      thread('2', 'open'),
      thread('3', 'open', [step(1, 'trial', 'b')]),
      thread('4', 'open', [step(1, 'trial', 'a')]),
    ];
    expect(inOrder(all, 'a').map(({ id }) => id)).toEqual(['3', '4', '2', '1']);
  });
});
