import { describe, expect, it } from '@jest/globals';
import type { FollowUp, FollowUpStep } from '#contracts/outcomes';
import { dueOf } from './due.js';

const now = new Date('2027-02-20T00:00:00Z');
const followUp = (id: string, over: Partial<FollowUp> = {}): FollowUp => ({
  id,
  stopId: 's',
  meetingId: null,
  companies: ['a', 'b'],
  subject: '试用',
  stage: 'open',
  steps: [],
  createdAt: '2027-02-18T00:00:00Z',
  version: 1,
  ...over,
});
const step = (at: string, confirmedAt: string | null): FollowUpStep => ({
  n: 1,
  stage: 'trial',
  note: null,
  amount: null,
  by: 'a',
  at,
  confirmedBy: confirmedAt && 'b',
  confirmedAt,
});

describe('what is due', () => {
  it('is a step without an answer, then what stands still, and nothing that is over', () => {
    const all = [
      followUp('fresh'),
      followUp('silent', { createdAt: '2027-01-20T00:00:00Z' }),
      followUp('answered', { steps: [step('2027-01-20T00:00:00Z', '2027-02-15T00:00:00Z')] }),
      followUp('waiting', { steps: [step('2027-02-19T00:00:00Z', null)] }),
      followUp('over', { stage: 'ended', createdAt: '2027-01-01T00:00:00Z' }),
    ];
    expect(dueOf(all, now).map(({ followUp: { id }, days }) => [id, days])).toEqual([
      ['waiting', 1],
      ['silent', 31],
    ]);
  });
});
