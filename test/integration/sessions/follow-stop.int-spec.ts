import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import {
  getSession,
  getTimetable,
  getTimetableCalendar,
  listSessions,
  listTimetableReleases,
  proposeSession,
  releaseTimetable,
  type Caller,
  type StopState,
} from '../../../libs/contracts/src/index.js';
import { Programme } from './programme.js';

let programme: Programme;
const nobody: Caller = { role: 'public', keyId: null };
const nine = '2036-12-12T01:00:00Z';
const nineHalf = '2036-12-12T01:30:00Z';
const ten = '2036-12-12T02:00:00Z';

beforeAll(async () => {
  programme = await Programme.start();
});
afterAll(() => programme.end());

const release = (stop: StopState) =>
  programme.service.ask(releaseTimetable, { stopId: stop.id, body: { note: 'R' } }, programme.organizer);
const read = (id: string) => programme.service.ask(getSession, { id }, programme.organizer);

describe('a stop that moves', () => {
  it('takes its sessions along by the wall clock and releases the timetable with the reason', async () => {
    const { service } = programme;
    // The clocks of Berlin go back on 31 October 2027: the day is 25 hours longer than the shift in UTC says.
    const stop = programme.stop({
      timeZone: 'Europe/Berlin',
      startsAt: '2027-10-30T07:00:00Z',
      endsAt: '2027-10-30T15:00:00Z',
    });
    const first = await programme.scheduled(stop, 0, '2027-10-30T07:00:00Z');
    const second = await programme.scheduled(stop, 0, '2027-10-30T07:30:00Z');
    await release(stop);
    await programme.reschedule(stop.id, '2027-11-01T08:00:00Z', '2027-11-01T16:00:00Z', '暴雨');
    expect(await read(first.id)).toMatchObject({
      status: 'scheduled',
      startsAt: '2027-11-01T08:00:00Z',
      endsAt: '2027-11-01T08:30:00Z',
      version: first.version + 1,
    });
    expect(await read(second.id)).toMatchObject({ startsAt: '2027-11-01T08:30:00Z' });
    const followed = await service.rows.query(
      `SELECT payload::json->'data'->'movesFollowed' AS moves FROM outbox WHERE aggregate_id = $1 ORDER BY id`,
      [first.id],
    );
    expect(followed).toEqual([{ moves: 0 }, { moves: 0 }, { moves: 1 }]);
    const { items } = await service.ask(listTimetableReleases, { stopId: stop.id }, nobody);
    expect(items.map((one) => [one.version, one.note])).toEqual([
      [1, 'R'],
      [2, '暴雨'],
    ]);
    expect(items[1]?.changes.moved.map((one) => one.sessionId)).toEqual([first.id, second.id]);
    const old = await service.ask(getTimetable, { stopId: stop.id, release: 1 }, nobody);
    expect(old.sessions[0]?.startsAt).toBe('2027-10-30T07:00:00Z');
    expect(old.stop.startsAt).toBe(stop.startsAt);
  });

  it('is followed once, however often its state arrives', async () => {
    const stop = programme.stop();
    const session = await programme.scheduled(stop, 0, nine);
    await programme.reschedule(stop.id, '2036-12-13T01:00:00Z', '2036-12-13T09:00:00Z');
    await programme.changeStop(stop.id, { capacity: 7 });
    expect(await read(session.id)).toMatchObject({
      startsAt: '2036-12-13T01:00:00Z',
      version: session.version + 1,
    });
  });

  it('leaves behind what can’t follow: outside, in a room that is gone, a speaker elsewhere', async () => {
    const stop = programme.stop();
    const speakers = [{ name: '张三', email: 'zhang.san@example.com' }];
    const busy = await programme.scheduled(stop, 0, nine, { speakers });
    const fine = await programme.scheduled(stop, 0, nineHalf);
    const roomless = await programme.scheduled(stop, 1, nine);
    const late = await programme.scheduled(stop, 0, '2036-12-12T08:30:00Z');
    const elsewhere = programme.stopInMianyang({
      startsAt: '2036-12-14T01:00:00Z',
      endsAt: '2036-12-14T09:00:00Z',
    });
    const fixed = await programme.scheduled(elsewhere, 0, '2036-12-14T03:00:00Z', { speakers });
    await release(stop);
    const [firstRoom] = stop.rooms;
    await programme.changeStop(stop.id, {
      startsAt: '2036-12-14T01:00:00Z',
      endsAt: '2036-12-14T08:00:00Z',
      rooms: firstRoom ? [firstRoom] : [],
      moves: [{ fromStartsAt: stop.startsAt, toStartsAt: '2036-12-14T01:00:00Z', reason: '暴雨' }],
    });
    expect(await read(fine.id)).toMatchObject({ status: 'scheduled', startsAt: '2036-12-14T01:30:00Z' });
    for (const [session, why, code] of [
      [busy, '张三 needs 240 minutes of travel to or from 绵阳市', 'session.speaker_conflict'],
      [roomless, 'This room is not one of the stop.', 'session.outside_stop'],
      [late, 'is not within the stop', 'session.outside_stop'],
    ] as const) {
      const now = await read(session.id);
      expect(now).toMatchObject({ status: 'accepted', roomId: null, version: session.version + 1 });
      expect(now.reason).toContain('The stop was rescheduled (暴雨)');
      expect(now.reason).toContain(why);
      const audit = (await programme.service.rows.query(
        `SELECT actor_role, after->>'cause' AS cause FROM audit
          WHERE resource_id = $1 AND action = 'session.lose_its_place'`,
        [session.id],
      )) as unknown[];
      expect(audit).toEqual([{ actor_role: 'admin', cause: code }]);
      const events = (await programme.service.rows.query(
        `SELECT 1 FROM outbox WHERE aggregate_id = $1 AND payload::json->'data'->>'version' = $2`,
        [session.id, String(now.version)],
      )) as unknown[];
      expect(events).toHaveLength(1);
    }
    expect(await read(fixed.id)).toMatchObject({ status: 'scheduled', version: fixed.version });
    const { items } = await programme.service.ask(listTimetableReleases, { stopId: stop.id }, nobody);
    expect(items[1]).toMatchObject({ note: '暴雨', version: 2 });
    expect(items[1]?.changes.removed).toHaveLength(3);
  });

  it('with hundreds of sessions is followed in one request', async () => {
    const stop = programme.stop({ endsAt: '2036-12-22T01:00:00Z' });
    const { rows } = programme.service;
    const first = await programme.scheduled(stop, 0, nine, { durationMinutes: 5 });
    // Copies of one row: what counts is how many sessions the move finds.
    await rows.query(
      `INSERT INTO sessions
         SELECT gen_random_uuid(), stop_id, organization_id, company_id, title, abstract, track, kind,
                duration_minutes, jsonb_build_array(jsonb_build_object('name', 'x', 'email', n || '@example.com',
                  'organization', null, 'jobTitle', null)),
                language, status, room_id, starts_at + n * interval '15 minutes', ends_at + n * interval '15 minutes',
                reason, created_at, version
           FROM sessions, generate_series(1, 600) n WHERE id = $1`,
      [first.id],
    );
    await programme.reschedule(stop.id, '2036-12-12T01:15:00Z', '2036-12-17T01:00:00Z');
    const [count] = (await rows.query(
      `SELECT count(*) FILTER (WHERE status = 'scheduled')::int AS stay,
              count(*) FILTER (WHERE status = 'accepted')::int AS lost FROM sessions WHERE stop_id = $1`,
      [stop.id],
    )) as { stay: number; lost: number }[];
    // 15 minutes later all but those that end by the new end, 479 of them, are outside.
    expect(count).toEqual({ stay: 479, lost: 122 });
  });
});

describe('a stop that is cancelled', () => {
  it('cancels every live session; its timetable stays, and calendars say so', async () => {
    const { service, organizer } = programme;
    const stop = programme.stop();
    const company = programme.companyCaller();
    const scheduled = await programme.scheduled(stop, 0, nine);
    await programme.propose(stop, company);
    await programme.accepted(stop);
    await release(stop);
    await programme.changeStop(stop.id, { status: 'cancelled', cancelReason: '暴雨' });
    const { items } = await service.ask(listSessions, { stopId: stop.id }, organizer);
    expect(items.map((one) => [one.status, one.reason, one.roomId])).toEqual(
      items.map(() => ['cancelled', '暴雨', null]),
    );
    const timetable = await service.ask(getTimetable, { stopId: stop.id }, nobody);
    expect(timetable).toMatchObject({ stop: { status: 'cancelled' }, sessions: [{ id: scheduled.id }] });
    const { ics } = await service.ask(getTimetableCalendar, { stopId: stop.id }, nobody);
    const event = new ICAL.Component(ICAL.parse(ics) as unknown[]).getFirstSubcomponent('vevent');
    expect(event?.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(event?.getFirstPropertyValue('sequence')).toBe(1);
    const refused = await service.refusal(releaseTimetable, { stopId: stop.id }, organizer);
    expect(refused.code).toBe('stop.cancelled');
    // A speaker is free again.
    const [booked] = (await service.rows.query(
      'SELECT count(*)::int AS n FROM speaker_bookings WHERE session_id = $1',
      [scheduled.id],
    )) as { n: number }[];
    expect(booked?.n).toBe(0);
  });

  it('of which nothing was known yet takes no proposals either', async () => {
    const stop = programme.stop({ status: 'completed' });
    const problem = await programme.service.refusal(
      proposeSession,
      { stopId: stop.id, body: programme.talk() },
      programme.organizer,
    );
    expect(problem.code).toBe('session.closed');
  });
});

describe('other changes of a stop', () => {
  it('leave sessions alone where they can stay', async () => {
    const stop = programme.stop();
    const session = await programme.scheduled(stop, 0, ten);
    await programme.changeStop(stop.id, { endsAt: '2036-12-12T05:00:00Z', rooms: stop.rooms.slice(0, 1) });
    expect(await read(session.id)).toEqual(session);
  });

  it('that lengthen the travel take sessions off that can’t be reached any more', async () => {
    const speakers = [{ name: '李四', email: 'li.si@example.com' }];
    const near = programme.stop({ speakerTravelMinutes: 30 });
    const far = programme.stopInMianyang({ speakerTravelMinutes: 30 });
    const first = await programme.scheduled(near, 0, nine, { speakers });
    const second = await programme.scheduled(far, 0, '2036-12-12T02:30:00Z', { speakers });
    await programme.changeStop(far.id, { speakerTravelMinutes: 61 });
    expect(await read(first.id)).toMatchObject({ status: 'scheduled' });
    expect(await read(second.id)).toMatchObject({ status: 'accepted' });
  });
});
