import { describe, expect, it } from '@jest/globals';
import { createStop, maxStopDays, rescheduleStop } from './stops.js';
import { proposeSession } from './sessions.js';

const startsAt = '2027-01-16T01:00:00Z';
const stop = {
  name: { zh: '成都站' },
  city: { code: '510100' },
  venue: { name: { zh: '会展中心' } },
  timeZone: 'Asia/Chongqing',
  startsAt,
  capacity: 220,
  registration: { opensAt: '2026-12-01T00:00:00Z', closesAt: startsAt },
};
const [created, rescheduled] = [createStop.input.shape.body, rescheduleStop.input.shape.body];

describe('a stop', () => {
  it('lasts a month at most', () => {
    const last = new Date(Date.parse(startsAt) + maxStopDays * 86_400_000);
    const later = new Date(last.getTime() + 1);
    for (const body of [created, rescheduled]) {
      const given = body === created ? stop : { startsAt };
      expect(body.safeParse({ ...given, endsAt: last.toISOString() }).success).toBe(true);
      expect(body.safeParse({ ...given, endsAt: later.toISOString() }).error?.issues).toMatchObject([
        { path: ['endsAt'], message: 'must be at most 31 days after startsAt' },
      ]);
    }
  });

  it('is stored with the canonical name of its zone', () => {
    expect(created.parse({ ...stop, endsAt: '2027-01-16T09:00:00Z' }).timeZone).toBe('Asia/Shanghai');
  });
});

describe('a session', () => {
  it('has a speaker once, by e-mail in whatever case', () => {
    const speakers = ['t@example.com', 'other@example.com', 'T@Example.com'].map((email) => ({
      name: '张三',
      email,
    }));
    const session = { title: { zh: '分享' }, kind: 'sharing', durationMinutes: 30, speakers };
    expect(proposeSession.input.shape.body.safeParse(session).error?.issues).toMatchObject([
      { path: ['speakers', 2, 'email'], message: 'is the e-mail address of another speaker already' },
    ]);
  });
});
