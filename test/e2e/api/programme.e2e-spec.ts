import { beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { soon } from '#service/testing/patience';
import {
  ApiClient,
  aSession,
  delegates,
  inDays,
  must,
  publishedStop,
  signUpCompany,
  type Answer,
} from '../../support/client.js';
import { sharedSystem, type SharedSystem } from '../../support/shared-system.js';

let system: SharedSystem;
let anyone: ApiClient;
let organizer: ApiClient;

beforeAll(async () => {
  system = await sharedSystem();
  anyone = new ApiClient(system.url);
  organizer = anyone.with(system.organizerKey);
}, 300_000);

let experts = 0;
/** A speaker of one test's own. */
const expert = () => [{ name: '示例专家', email: `expert-${(experts += 1)}@example.com` }];

const accepted = (stop: Answer['body'], over: Record<string, unknown> = {}) =>
  must(organizer.post(`/v1/stops/${stop.id}/sessions`, aSession(over)));
const schedule = (talk: Answer['body'], stop: Answer['body'], startsAt: string, room = 0) =>
  organizer.post(`/v1/sessions/${talk.id}/schedule`, { roomId: stop.rooms[room].id, startsAt });
const release = (stop: Answer['body']) => must(organizer.post(`/v1/stops/${stop.id}/timetable/releases`));

const inHangzhou = { city: { code: '330100' }, startsAt: inDays(50), endsAt: inDays(50, 9) };

describe('a reschedule that brings a speaker into two cities', () => {
  it('moves the stop all the same, and says which session could not follow', async () => {
    const speakers = expert();
    const [chengdu, hangzhou] = [await publishedStop(organizer), await publishedStop(organizer, inHangzhou)];
    const [stays, follows, elsewhere] = [
      await accepted(chengdu, { speakers }),
      await accepted(chengdu),
      await accepted(hangzhou, { speakers }),
    ];
    await must(schedule(stays, chengdu, inDays(30)));
    await must(schedule(follows, chengdu, inDays(30, 1)));
    await must(schedule(elsewhere, hangzhou, inDays(50, 2)));
    await release(chengdu);
    const to = { startsAt: inDays(50), endsAt: inDays(50, 9), reason: '场地' };
    expect(await must(organizer.post(`/v1/stops/${chengdu.id}/reschedule`, to))).toMatchObject({
      startsAt: inDays(50),
    });
    const { items } = await must(organizer.get(`/v1/stops/${chengdu.id}/sessions`));
    expect(items).toMatchObject([
      {
        id: stays.id,
        status: 'accepted',
        roomId: null,
        startsAt: null,
        reason: expect.stringContaining('示例专家'),
      },
      { id: follows.id, status: 'scheduled', startsAt: inDays(50, 1) },
    ]);
    const audit = await must(
      organizer.get(`/v1/audit?resourceType=session&resourceId=${stays.id}&limit=200`),
    );
    expect(audit.items.map(({ action }: { action: string }) => action)).toContain('session.lose_its_place');
    const timetable = await must(anyone.get(`/v1/stops/${chengdu.id}/timetable`));
    expect(timetable).toMatchObject({
      release: { version: 2, note: '场地' },
      sessions: [{ id: follows.id }],
    });
  });
});

describe('a speaker', () => {
  it('who is booked in two cities at once is booked in one', async () => {
    const speakers = expert();
    const times = { startsAt: inDays(30), endsAt: inDays(30, 9) };
    const stops = await Promise.all(
      ['510100', '330100', '440100'].map((code) => publishedStop(organizer, { ...times, city: { code } })),
    );
    const talks = await Promise.all(stops.map((stop) => accepted(stop, { speakers })));
    const answers = await Promise.all(talks.map((talk, at) => schedule(talk, stops[at], inDays(30, at))));
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
    const winner = answers.find(({ status }) => status === 200)?.body;
    for (const { body } of answers.filter(({ status }) => status === 409)) {
      expect([body.code, body.conflicts[0].sessionId]).toEqual(['session.speaker_conflict', winner.id]);
    }
  });

  it('of two sessions with equal start and length is in one of them; touching ones are two', async () => {
    const speakers = expert();
    const stop = await publishedStop(organizer);
    const [first, equal, touching] = [
      await accepted(stop, { speakers }),
      await accepted(stop, { speakers }),
      await accepted(stop, { speakers }),
    ];
    await must(schedule(first, stop, inDays(30)));
    expect((await schedule(equal, stop, inDays(30), 1)).body.code).toBe('session.speaker_conflict');
    expect((await schedule(touching, stop, inDays(30, 0.5), 1)).status).toBe(200);
  });
});

describe('sign-ups', () => {
  it('follow a move of the stop, and end with the session', async () => {
    const stop = await publishedStop(organizer);
    const talk = await accepted(stop);
    await must(schedule(talk, stop, inDays(30)));
    const { api } = await signUpCompany(anyone);
    const registration = await must(
      api.post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(2) }),
    );
    const delegateIds = registration.delegates.map(({ id }: { id: string }) => id);
    await must(api.post(`/v1/sessions/${talk.id}/signups`, { delegateIds }));
    await must(
      organizer.post(`/v1/stops/${stop.id}/reschedule`, { startsAt: inDays(37), endsAt: inDays(37, 9) }),
    );
    expect((await must(api.get(`/v1/sessions/${talk.id}/signups`))).seats).toEqual({ total: 5, taken: 2 });
    await must(organizer.post(`/v1/sessions/${talk.id}/cancel`));
    expect((await must(organizer.get(`/v1/sessions/${talk.id}/signups`))).items).toEqual([]);
    expect((await api.get(`/v1/sessions/${talk.id}/signups`)).status).toBe(404);
  });
});

describe('the seats of sessions', () => {
  it('are public with the release, and follow sign-ups', async () => {
    const stop = await publishedStop(organizer);
    const talk = await accepted(stop);
    await must(schedule(talk, stop, inDays(30)));
    const path = `/v1/stops/${stop.id}/session-seats`;
    expect((await anyone.get(path)).status).toBe(404);
    await must(organizer.post(`/v1/stops/${stop.id}/timetable/releases`, {}));
    expect(await must(anyone.get(path))).toEqual({ items: [{ sessionId: talk.id, total: 5, taken: 0 }] });
    const { api } = await signUpCompany(anyone);
    const { delegates: people } = await must(
      api.post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(2) }),
    );
    const delegateIds = people.map(({ id }: { id: string }) => id);
    await must(api.post(`/v1/sessions/${talk.id}/signups`, { delegateIds }));
    await soon(async () =>
      expect((await must(anyone.get(path))).items).toEqual([{ sessionId: talk.id, total: 5, taken: 2 }]),
    );
  });
});

describe('a completed stop', () => {
  it('closes its programme', async () => {
    const stop = await publishedStop(organizer);
    const talk = await accepted(stop);
    await must(organizer.post(`/v1/stops/${stop.id}/complete`, { early: true }));
    expect((await organizer.post(`/v1/stops/${stop.id}/sessions`, aSession())).body.code).toBe(
      'session.closed',
    );
    expect((await schedule(talk, stop, inDays(30))).body.code).toBe('session.closed');
    expect((await organizer.post(`/v1/stops/${stop.id}/sessions/import`, '{}')).status).toBe(422);
  });
});

/** The one entry of a feed, as another library reads it. */
async function entryOf(path: string) {
  const { body } = await anyone.get(path);
  for (const line of String(body).split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const calendar = new ICAL.Component(ICAL.parse(body) as unknown[]);
  const event = calendar.getFirstSubcomponent('vevent');
  const of = (name: string) => String(event?.getFirstPropertyValue(name));
  return {
    uid: of('uid'),
    sequence: Number(of('sequence')),
    status: of('status'),
    summary: of('summary'),
    start: of('dtstart'),
    zones: calendar.getAllSubcomponents('vtimezone').length,
  };
}

describe('calendars', () => {
  it.each(['tour', 'stop', 'timetable'])('that follow a %s show each change', async (feed) => {
    const name = { zh: `${'成都站，第十七场；数据要素×'.repeat(7)}“终”` };
    const stop = await publishedStop(organizer, { name });
    const talk = await accepted(stop, { title: name });
    await must(schedule(talk, stop, inDays(30)));
    await release(stop);
    const paths: Record<string, string> = {
      tour: `/v1/tours/${stop.tourId}/calendar.ics`,
      stop: `/v1/stops/${stop.id}/calendar.ics`,
      timetable: `/v1/stops/${stop.id}/timetable.ics`,
    };
    const path = paths[feed] ?? '';
    const first = await entryOf(path);
    expect(first).toMatchObject({ status: 'CONFIRMED', summary: name.zh, zones: 1 });
    await must(
      organizer.post(`/v1/stops/${stop.id}/reschedule`, { startsAt: inDays(37), endsAt: inDays(37, 9) }),
    );
    const moved = await entryOf(path);
    expect(moved.uid).toBe(first.uid);
    expect(moved.sequence).toBeGreaterThan(first.sequence);
    expect(moved.start).not.toBe(first.start);
    await must(organizer.post(`/v1/stops/${stop.id}/cancel`, { reason: '天气' }));
    const cancelled = await entryOf(path);
    expect([cancelled.uid, cancelled.status]).toEqual([first.uid, 'CANCELLED']);
    expect(cancelled.sequence).toBeGreaterThan(moved.sequence);
  });
});
