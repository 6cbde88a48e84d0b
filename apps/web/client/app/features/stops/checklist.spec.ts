import { describe, expect, it } from '@jest/globals';
import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { checklistOf } from './checklist.js';

const draft = {
  name: { zh: '站' },
  description: null,
  travel: null,
  contact: null,
  rooms: [],
  status: 'draft',
} as unknown as Stop;

const openOnes = (facts: Parameters<typeof checklistOf>[0]) =>
  checklistOf(facts).flatMap(([check, isDone]) => (isDone ? [] : [check]));

describe('the checklist of a new stop', () => {
  it('is all open at first', () => {
    const open = openOnes({ stop: draft, sessions: [], releases: 0, hasMeetingRules: false, doorPasses: 0 });
    expect(open).toHaveLength(10);
  });

  it('is done step by step; a proposal is no session yet', () => {
    const stop = {
      ...draft,
      name: { zh: '站', en: 'Stop' },
      description: { zh: '简介' },
      travel: { zh: '地铁' },
      contact: { name: '李', email: null, phone: null },
      rooms: [{ id: 'r', name: { zh: '厅' }, seats: 1 }],
      status: 'published',
    } as Stop;
    const proposal = { status: 'proposed' } as Session;
    const others = { stop, releases: 1, hasMeetingRules: true, doorPasses: 1 };
    expect(openOnes({ ...others, sessions: [proposal] })).toEqual(['sessions']);
    const talk = { status: 'scheduled' } as Session;
    expect(openOnes({ ...others, sessions: [talk] })).toEqual([]);
    expect(openOnes({ ...others, sessions: [talk], hasMeetingRules: false })).toEqual(['meetings']);
  });

  it('calls nothing open that was not answered yet', () => {
    const unknown = {
      sessions: undefined,
      releases: undefined,
      hasMeetingRules: undefined,
      doorPasses: undefined,
    };
    const checks = checklistOf({ stop: draft, ...unknown });
    expect(checks.flatMap(([check, isDone]) => (isDone === undefined ? [check] : []))).toEqual([
      'sessions',
      'released',
      'meetings',
      'door',
    ]);
  });
});
