import { describe, expect, it } from '@jest/globals';
import { meetingStatuses, type MeetingStatus } from '#contracts';
import {
  expiryOf,
  movedTo,
  recorded,
  refuseHistory,
  scannedIn,
  settled,
  type Actor,
  type MeetingMove,
  type MeetingRecord,
} from './meeting.js';
import { meetingOf } from './testing/meeting-of.js';

const ends = '2027-01-16T09:00:00Z';
const at = (time: string) => new Date(`2027-01-16T${time}:00Z`);
const meeting = (over: Partial<MeetingRecord> = {}): MeetingRecord => meetingOf(over);
const codeOf = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a meeting', () => {
  it.each<[MeetingMove, Actor, Partial<Record<MeetingStatus, MeetingStatus>>]>([
    ['accept', 'asked', { requested: 'accepted' }],
    ['decline', 'asked', { requested: 'declined' }],
    ['withdraw', 'asker', { requested: 'withdrawn' }],
    ['cancel', 'organizer', { accepted: 'cancelled', scheduled: 'cancelled' }],
    ['schedule', 'organizer', { accepted: 'scheduled', scheduled: 'scheduled' }],
    ['unschedule', 'system', { scheduled: 'accepted' }],
  ])('moves by %s of the %s from these states alone', (move, actor, allowed) => {
    for (const status of meetingStatuses)
      expect([status, codeOf(() => movedTo(status, move, actor))]).toEqual([
        status,
        allowed[status] ?? 'meeting.invalid_transition',
      ]);
  });

  it.each<[MeetingMove, Actor]>([
    ['accept', 'asker'],
    ['accept', 'organizer'],
    ['decline', 'asker'],
    ['withdraw', 'asked'],
  ])('can’t be moved by %s of the %s', (move, actor) =>
    expect(codeOf(() => movedTo('requested', move, actor))).toBe('auth.forbidden'),
  );

  it('is ended by the clock where nobody ended it', () => {
    const after = (status: MeetingStatus, now: Date) => settled(meeting({ status }), ends, now).status;
    expect(after('requested', new Date('2027-01-09T00:00:00Z'))).toBe('requested');
    expect(after('requested', new Date('2027-01-10T00:00:00Z'))).toBe('expired');
    expect(after('accepted', at('08:59'))).toBe('accepted');
    expect(after('accepted', at('09:00'))).toBe('unplaced');
    expect(after('scheduled', at('09:00'))).toBe('scheduled');
  });

  it('is history from the stop’s end on', () => {
    const code = (now: Date) =>
      codeOf(() => {
        refuseHistory({ endsAt: ends }, now);
      });
    expect(code(at('08:59'))).toBeUndefined();
    expect(code(at('09:00'))).toBe('meeting.invalid_transition');
  });

  it('can be accepted for some hours, and no longer than the stop lasts', () => {
    expect(expiryOf(at('01:00'), 2, ends)).toBe('2027-01-16T03:00:00Z');
    expect(expiryOf(at('01:00'), 72, ends)).toBe(ends);
  });

  it('was held or missed from its start until a day after the stop, and may be said anew', () => {
    const said = (record: Parameters<typeof recorded>[1], now: Date, over: Partial<MeetingRecord> = {}) =>
      codeOf(() => recorded(meeting(over), record, ends, now));
    expect(said({ held: true }, at('01:59'))).toBe('meeting.too_early');
    expect(said({ held: true }, at('02:00'))).toMatchObject({ status: 'held', missed: null });
    expect(said({ missed: 'both' }, at('02:10'), { status: 'held' })).toMatchObject({
      status: 'missed',
      missed: 'both',
    });
    expect(said({ held: true }, new Date('2027-01-17T09:00:01Z'))).toBe('meeting.invalid_transition');
    expect(said({ held: true }, at('03:00'), { status: 'cancelled' })).toBe('meeting.invalid_transition');
  });

  it('is held once both sides were scanned', () => {
    const one = scannedIn(meeting(), 'asked', at('02:01'));
    expect(one).toMatchObject({ status: 'scheduled', askedCame: true, askerCame: false });
    expect(scannedIn(one, 'asked', at('02:02')).status).toBe('scheduled');
    expect(scannedIn(one, 'asker', at('02:02')).status).toBe('held');
    expect(codeOf(() => scannedIn(meeting(), 'asker', at('01:59')))).toBe('meeting.too_early');
  });
});
