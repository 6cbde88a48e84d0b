import { describe, expect, it } from '@jest/globals';
import { Problem, sessionStatuses, type Caller, type SessionStatus } from '#contracts';
import { actorFor, refuseClosedProgramme, sessionFor, sightOf } from './session-access.js';
import type { SessionRecord } from './session.js';

const session = (status: SessionStatus, companyId: string | null = 'c1'): SessionRecord => ({
  id: 's1',
  stopId: 'stop',
  organizationId: 'o1',
  companyId,
  title: { zh: '数据集建设' },
  abstract: null,
  track: null,
  kind: 'sharing',
  durationMinutes: 30,
  speakers: [
    {
      id: 'p1',
      name: '张三',
      email: 'zhang@example.com',
      personKey: 'p',
      organization: null,
      jobTitle: null,
      language: 'zh',
      mayOverlap: false,
    },
  ],
  language: null,
  status,
  roomId: null,
  startsAt: null,
  endsAt: null,
  reason: 'R',
  createdAt: '2026-11-01T00:00:00Z',
  version: 3,
});
const stop = { organizationId: 'o1', published: true };
const draft = { ...stop, published: false };
const organizer: Caller = { role: 'organizer', keyId: 'k', organizationId: 'o1' };
const otherOrganizer: Caller = { ...organizer, organizationId: 'o2' };
const own: Caller = { role: 'company', keyId: 'k', companyId: 'c1' };
const other: Caller = { ...own, companyId: 'c2' };
const outsiders: Caller[] = [
  { role: 'public', keyId: null },
  { role: 'admin', keyId: 'k' },
  { role: 'staff', keyId: 'k', organizationId: 'o1', stopId: 'stop' },
  otherOrganizer,
];

function codeOf(act: () => string | void): string {
  try {
    return act() ?? 'done';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

describe('who sees a session', () => {
  it.each(sessionStatuses)('that is %s', (status) => {
    const sight = (caller: Caller, at = stop) => sightOf(caller, session(status), at);
    expect([sight(organizer), sight(organizer, draft)]).toEqual(['full', 'full']);
    expect([sight(own), sight(own, draft)]).toEqual(['full', null]);
    expect([sight(other), sight(other, draft)]).toEqual([status === 'scheduled' ? 'public' : null, null]);
    expect(outsiders.map((caller) => sight(caller))).toEqual(outsiders.map(() => null));
  });

  it('a talk of the organizer is no company’s own, also not of a key without a company', () => {
    const talk = session('accepted', null);
    const { companyId: _, ...broken } = own;
    expect([own, broken].map((caller) => sightOf(caller, talk, stop))).toEqual([null, null]);
    expect(codeOf(() => actorFor(broken, talk, stop))).toBe('resource.not_found');
  });

  it('without addresses, keys of people and reasons where it is another company’s', () => {
    const shown = sessionFor(other, session('scheduled'), stop);
    expect(shown.speakers).toEqual([{ name: '张三', organization: null, jobTitle: null }]);
    expect(shown.reason).toBeNull();
    expect(shown).not.toHaveProperty('organizationId');
    const whole = sessionFor(own, session('scheduled'), stop);
    expect(whole.speakers).toEqual([
      {
        name: '张三',
        email: 'zhang@example.com',
        organization: null,
        jobTitle: null,
        language: 'zh',
        mayOverlap: false,
      },
    ]);
    expect(whole.reason).toBe('R');
  });
});

describe('who changes a session', () => {
  it.each([
    ['its organizer', organizer, stop, 'organizer'],
    ['its organizer, of a draft', organizer, draft, 'organizer'],
    ['its company', own, stop, 'company'],
    ['its company, of a draft', own, draft, 'resource.not_found'],
    ['another company', other, stop, 'resource.not_found'],
    ['another organizer', otherOrganizer, stop, 'resource.not_found'],
  ])('%s', (_who, caller, at, expected) => {
    expect(codeOf(() => actorFor(caller, session('scheduled'), at))).toBe(expected);
  });

  it.each([
    ['draft', 60, 'done'],
    ['draft', -60, 'done'],
    ['published', 60, 'done'],
    ['published', 0, 'session.closed'],
    ['completed', 60, 'session.closed'],
    ['cancelled', 60, 'stop.cancelled'],
    ['cancelled', -60, 'stop.cancelled'],
  ] as const)('nobody once the stop is over: %s, %i minutes left', (status, minutes, expected) => {
    const now = new Date('2026-12-12T01:00:00Z');
    const endsAt = new Date(now.getTime() + minutes * 60_000).toISOString();
    const seen = { status, cancelReason: null, endsAt, timeZone: 'Asia/Shanghai' };
    expect(codeOf(() => refuseClosedProgramme(seen, now))).toBe(expected);
  });
});
