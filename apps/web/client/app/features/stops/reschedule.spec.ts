import { describe, expect, it } from '@jest/globals';
import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { previewReschedule } from './reschedule.js';

const stop = {
  id: 'a',
  status: 'published',
  timeZone: 'Asia/Shanghai',
  startsAt: '2027-01-16T01:00:00Z',
  endsAt: '2027-01-16T10:00:00Z',
  registration: { closesAt: '2027-01-15T16:00:00Z', changesUntil: '2027-01-16T01:00:00Z' },
} as Stop;

const session = (id: string, startsAt: string, endsAt: string, status = 'scheduled') =>
  ({ id, status, startsAt, endsAt }) as Session;

const sessions = [
  session('morning', '2027-01-16T01:00:00Z', '2027-01-16T02:00:00Z'),
  session('evening', '2027-01-16T09:00:00Z', '2027-01-16T10:00:00Z'),
  session('accepted', '2027-01-16T09:00:00Z', '2027-01-16T10:00:00Z', 'accepted'),
];
const next = { ...stop, id: 'b', startsAt: '2027-01-20T01:00:00Z', endsAt: '2027-01-20T10:00:00Z' };
const around = { stop, sessions, others: [stop, next] };

describe('the preview of a reschedule', () => {
  it('moves the window and the sessions by the same shift', () => {
    expect(previewReschedule('2027-01-18T09:00', '2027-01-18T18:00', around)).toMatchObject({
      startsAt: '2027-01-18T01:00:00Z',
      closesAt: '2027-01-17T16:00:00Z',
      changesUntil: '2027-01-18T01:00:00Z',
      moving: [{ id: 'morning' }, { id: 'evening' }],
      lost: [],
      overlapping: [],
      isSame: false,
    });
  });

  it('names the sessions that a shorter stop has no room for', () => {
    const preview = previewReschedule('2027-01-18T09:00', '2027-01-18T12:00', around);
    expect(preview?.lost.map(({ id }) => id)).toEqual(['evening']);
  });

  it('names a stop of the tour that is in the way, and not a cancelled one', () => {
    const preview = previewReschedule('2027-01-20T15:00', '2027-01-20T20:00', around);
    expect(preview?.overlapping.map(({ id }) => id)).toEqual(['b']);
    const cancelled = { ...around, others: [{ ...next, status: 'cancelled' as const }] };
    expect(previewReschedule('2027-01-20T15:00', '2027-01-20T20:00', cancelled)?.overlapping).toEqual([]);
  });

  it('keeps the clock on the wall over a change to summer time', () => {
    const berlin = {
      ...stop,
      timeZone: 'Europe/Berlin',
      startsAt: '2027-03-27T08:00:00Z',
      endsAt: '2027-03-27T17:00:00Z',
      registration: { closesAt: '2027-03-26T23:00:00Z', changesUntil: '2027-03-27T08:00:00Z' },
    } as Stop;
    const talk = session('talk', '2027-03-27T09:00:00Z', '2027-03-27T10:00:00Z');
    const preview = previewReschedule('2027-03-29T09:00', '2027-03-29T18:00', {
      stop: berlin,
      sessions: [talk],
      others: [],
    });
    expect(preview).toMatchObject({
      startsAt: '2027-03-29T07:00:00Z',
      changesUntil: '2027-03-29T07:00:00Z',
      moving: [{ id: 'talk' }],
    });
  });

  it('waits for dates, and sees what is no change', () => {
    expect(previewReschedule('', '2027-01-18T12:00', around)).toBeNull();
    expect(previewReschedule('2027-01-16T09:00', '2027-01-16T18:00', around)?.isSame).toBe(true);
    expect(previewReschedule('2027-01-16T09:00', '2027-01-16T08:00', around)?.endsFirst).toBe(true);
  });
});
