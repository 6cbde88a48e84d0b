import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  ApiClient,
  aSession,
  inDays,
  must,
  publishedStop,
  signUpCompany,
  type SignedUp,
} from '../../support/client.js';
import { sharedSystem, type SharedSystem } from '../../support/shared-system.js';

let system: SharedSystem;
let anyone: ApiClient;
let organizer: ApiClient;
let company: SignedUp;
let other: SignedUp;

beforeAll(async () => {
  system = await sharedSystem();
  anyone = new ApiClient(system.url);
  organizer = anyone.with(system.organizerKey);
  company = await signUpCompany(anyone);
  other = await signUpCompany(anyone);
}, 300_000);

const talkAt = async (stopId: string, over: object = {}) =>
  must(organizer.post(`/v1/stops/${stopId}/sessions`, aSession({ kind: 'keynote', ...over })));
const schedule = (id: string, roomId: string, startsAt: string) =>
  organizer.post(`/v1/sessions/${id}/schedule`, { roomId, startsAt });

describe('a proposal', () => {
  it('goes from proposed over accepted to scheduled', async () => {
    const stop = await publishedStop(organizer);
    const { status, body } = await company.api.post(`/v1/stops/${stop.id}/sessions`, aSession());
    expect(status).toBe(201);
    expect(body).toMatchObject({
      stopId: stop.id,
      companyId: company.id,
      status: 'proposed',
      abstract: null,
      track: null,
      language: null,
      roomId: null,
      startsAt: null,
      endsAt: null,
      version: 1,
    });
    expect((await schedule(body.id, stop.rooms[0].id, stop.startsAt)).body.code).toBe(
      'session.invalid_transition',
    );
    expect((await must(organizer.post(`/v1/sessions/${body.id}/accept`))).status).toBe('accepted');
    const scheduled = await must(schedule(body.id, stop.rooms[0].id, stop.startsAt));
    expect(scheduled).toMatchObject({ status: 'scheduled', startsAt: inDays(30), endsAt: inDays(30, 0.5) });
    expect((await organizer.post(`/v1/sessions/${body.id}/reject`)).body.code).toBe(
      'session.invalid_transition',
    );
    expect(
      (await must(company.api.post(`/v1/sessions/${body.id}/withdraw`, { reason: '行程' }))).status,
    ).toBe('withdrawn');
  });

  it('belongs to its company alone', async () => {
    const stop = await publishedStop(organizer);
    const { id } = await must(company.api.post(`/v1/stops/${stop.id}/sessions`, aSession()));
    expect((await other.api.get(`/v1/sessions/${id}`)).status).toBe(404);
    expect((await other.api.post(`/v1/sessions/${id}/withdraw`)).status).toBe(404);
    expect((await company.api.post(`/v1/sessions/${id}/accept`)).status).toBe(403);
    expect((await must(other.api.get(`/v1/stops/${stop.id}/sessions`))).items).toEqual([]);
    expect((await must(company.api.get(`/v1/stops/${stop.id}/sessions`))).items).toHaveLength(1);
  });

  it('shows others no e-mail addresses once it is scheduled', async () => {
    const stop = await publishedStop(organizer);
    const talk = await talkAt(stop.id);
    await must(schedule(talk.id, stop.rooms[0].id, stop.startsAt));
    const seen = await company.api.get(`/v1/stops/${stop.id}/sessions`);
    expect(seen.body.items).toHaveLength(1);
    expect(JSON.stringify(seen.body)).not.toContain('@example.com');
    expect(JSON.stringify((await organizer.get(`/v1/sessions/${talk.id}`)).body)).toContain('@example.com');
  });

  it('is edited by its company until it is scheduled', async () => {
    const stop = await publishedStop(organizer);
    const { id } = await must(company.api.post(`/v1/stops/${stop.id}/sessions`, aSession()));
    const edited = await must(
      company.api.patch(`/v1/sessions/${id}`, { title: { en: 'Data sets' }, track: '制造' }),
    );
    expect(edited).toMatchObject({
      title: { zh: '高质量数据集的建设', en: 'Data sets' },
      track: '制造',
      version: 2,
    });
    await must(organizer.post(`/v1/sessions/${id}/accept`));
    await must(schedule(id, stop.rooms[0].id, stop.startsAt));
    expect((await company.api.patch(`/v1/sessions/${id}`, { track: null })).status).toBe(409);
    expect((await organizer.patch(`/v1/sessions/${id}`, { track: null })).body.track).toBeNull();
  });

  it('is reviewed once per key, and averaged', async () => {
    const stop = await publishedStop(organizer);
    const { id } = await must(company.api.post(`/v1/stops/${stop.id}/sessions`, aSession()));
    const { apiKey } = await must(organizer.post('/v1/api-keys', { label: 'second reviewer' }));
    await must(organizer.put(`/v1/sessions/${id}/review`, { score: 2 }));
    await must(organizer.put(`/v1/sessions/${id}/review`, { score: 5, comment: '好' }));
    await must(anyone.with(apiKey).put(`/v1/sessions/${id}/review`, { score: 4 }));
    const reviews = await must(organizer.get(`/v1/sessions/${id}/reviews`));
    expect([reviews.items.length, reviews.averageScore]).toEqual([2, 4.5]);
    expect((await company.api.get(`/v1/sessions/${id}/reviews`)).status).toBe(403);
  });
});

describe('places', () => {
  it('are given once: a room', async () => {
    const stop = await publishedStop(organizer);
    const talks = await Promise.all(Array.from({ length: 6 }, () => talkAt(stop.id)));
    const answers = await Promise.all(talks.map(({ id }) => schedule(id, stop.rooms[0].id, stop.startsAt)));
    const winner = answers.find(({ status }) => status === 200);
    const losers = answers.filter(({ body }) => body.code === 'session.room_conflict');
    expect([answers.filter(({ status }) => status === 200).length, losers.length]).toEqual([1, 5]);
    for (const { status, body } of losers) {
      expect(status).toBe(409);
      expect(body.conflicts).toEqual([
        {
          sessionId: winner?.body.id,
          title: { zh: '高质量数据集的建设' },
          startsAt: stop.startsAt,
          endsAt: inDays(30, 0.5),
        },
      ]);
    }
    const next = await talkAt(stop.id);
    expect((await schedule(next.id, stop.rooms[0].id, inDays(30, 0.5))).status).toBe(200);
  });

  it('are given once: a speaker, in two rooms and in two cities', async () => {
    const speakers = [{ name: '示例专家', email: 'expert@example.com' }];
    const chengdu = await publishedStop(organizer);
    const times = { startsAt: inDays(30, 2), endsAt: inDays(30, 12) };
    const hangzhou = await publishedStop(organizer, { ...times, city: { code: '330100' } });
    const jinjiang = await publishedStop(organizer, { ...times, city: { code: '510104' } });
    const [first, second, far, near] = [
      await talkAt(chengdu.id, { speakers }),
      await talkAt(chengdu.id, { speakers: [{ name: '示例专家', email: 'Expert@Example.com' }] }),
      await talkAt(hangzhou.id, { speakers }),
      await talkAt(jinjiang.id, { speakers }),
    ];
    await must(schedule(first.id, chengdu.rooms[0].id, inDays(30, 2)));
    const sameTime = await schedule(second.id, chengdu.rooms[1].id, inDays(30, 2));
    expect([sameTime.body.code, sameTime.body.conflicts[0].sessionId]).toEqual([
      'session.speaker_conflict',
      first.id,
    ]);
    expect((await schedule(near.id, jinjiang.rooms[0].id, inDays(30, 2.5))).status).toBe(200);
    const tooSoon = await schedule(far.id, hangzhou.rooms[0].id, inDays(30, 6.5));
    expect(tooSoon.body.code).toBe('session.speaker_conflict');
    expect((await schedule(far.id, hangzhou.rooms[0].id, inDays(30, 7))).status).toBe(200);
  });

  it('lie inside the stop', async () => {
    const stop = await publishedStop(organizer);
    const talk = await talkAt(stop.id);
    expect((await schedule(talk.id, stop.rooms[0].id, inDays(30, 8.75))).body.code).toBe(
      'session.outside_stop',
    );
    expect((await schedule(talk.id, stop.rooms[0].id, inDays(29))).body.code).toBe('session.outside_stop');
    expect((await schedule(talk.id, stop.rooms[0].id, inDays(30, 8.5))).status).toBe(200);
    expect((await must(organizer.post(`/v1/sessions/${talk.id}/unschedule`))).status).toBe('accepted');
  });
});

describe('planning', () => {
  it('swaps two sessions, and says when one can not start', async () => {
    const stop = await publishedStop(organizer);
    const [first, second] = [await talkAt(stop.id), await talkAt(stop.id)];
    const [one, two] = stop.rooms.map(({ id }: { id: string }) => id);
    await must(schedule(first.id, one, inDays(30)));
    const after = await must(schedule(second.id, two, inDays(30, 2)));
    const swapped = await organizer.post(`/v1/sessions/${first.id}/swap`, { withId: second.id });
    expect(swapped.status).toBe(200);
    expect(swapped.body).toMatchObject({ id: first.id, roomId: two, startsAt: inDays(30, 2) });
    expect((await must(organizer.get(`/v1/sessions/${second.id}`))).roomId).toBe(one);
    const stale = await organizer.post(
      `/v1/sessions/${second.id}/swap`,
      { withId: first.id },
      { 'if-match': `"${after.version}"` },
    );
    expect(stale.body.code).toBe('precondition.failed');
    const blocked = await must(organizer.get(`/v1/sessions/${first.id}/blocked-times`));
    expect(blocked).toMatchObject({
      items: [
        { roomId: null, to: stop.startsAt, code: 'session.outside_stop', conflict: {} },
        {
          roomId: one,
          from: inDays(30, -0.5),
          to: inDays(30, 0.5),
          code: 'session.room_conflict',
          conflict: { sessionId: second.id, title: second.title },
        },
        { roomId: null, from: inDays(30, 8.5), code: 'session.outside_stop', conflict: {} },
      ],
      nextCursor: null,
    });
    expect((await company.api.get(`/v1/sessions/${first.id}/blocked-times`)).status).toBe(403);
    expect((await company.api.post(`/v1/sessions/${first.id}/swap`, { withId: second.id })).status).toBe(403);
  });

  it('names the sessions that a shorter stop takes their places', async () => {
    const stop = await publishedStop(organizer);
    const [early, late] = [await talkAt(stop.id), await talkAt(stop.id)];
    await must(schedule(early.id, stop.rooms[0].id, inDays(30)));
    await must(schedule(late.id, stop.rooms[0].id, inDays(30, 8)));
    const times = { startsAt: inDays(30), endsAt: inDays(30, 8) };
    const moved = await must(organizer.post(`/v1/stops/${stop.id}/reschedule`, times));
    expect(moved.unscheduledSessions).toEqual([
      { id: late.id, title: late.title, reason: expect.stringContaining('is not within the stop') },
    ]);
    expect(Object.keys(moved).at(-1)).toBe('version');
    const renamed = await must(organizer.patch(`/v1/stops/${stop.id}`, { name: { zh: '新名' } }));
    expect(renamed).not.toHaveProperty('unscheduledSessions');
    expect((await must(organizer.get(`/v1/sessions/${late.id}`))).status).toBe('accepted');
  });

  it('takes a session of a day, and lists several states', async () => {
    const stop = await publishedStop(organizer, { endsAt: inDays(32) });
    const whole = await talkAt(stop.id, { durationMinutes: 1_440 });
    expect((await schedule(whole.id, stop.rooms[0].id, inDays(30))).status).toBe(200);
    const tooLong = await organizer.post(
      `/v1/stops/${stop.id}/sessions`,
      aSession({ durationMinutes: 1_441 }),
    );
    expect([tooLong.status, tooLong.body.errors[0].pointer]).toEqual([422, '/durationMinutes']);
    const proposed = await must(company.api.post(`/v1/stops/${stop.id}/sessions`, aSession()));
    const { items } = await must(organizer.get(`/v1/stops/${stop.id}/sessions?status=proposed,scheduled`));
    expect(items.map(({ id }: { id: string }) => id)).toEqual([whole.id, proposed.id]);
    expect((await organizer.get(`/v1/stops/${stop.id}/sessions?status=proposed,none`)).status).toBe(422);
  });
});

describe('a released session', () => {
  it('is public as it stands in the latest release', async () => {
    const stop = await publishedStop(organizer);
    const talk = await talkAt(stop.id, { title: { zh: '原题' } });
    await must(schedule(talk.id, stop.rooms[0].id, stop.startsAt));
    const path = `/v1/sessions/${talk.id}`;
    expect((await anyone.get(path)).status).toBe(404);
    await must(organizer.post(`/v1/stops/${stop.id}/timetable/releases`));
    await must(organizer.patch(path, { title: { zh: '新题' } }));
    const shown = await anyone.get(path);
    expect(shown.body).toMatchObject({ id: talk.id, stopId: stop.id, title: { zh: '原题' } });
    expect(JSON.stringify(shown.body)).not.toContain('@');
    expect((await anyone.get(path, { 'if-none-match': shown.headers.get('etag') ?? '' })).status).toBe(304);
    await must(organizer.post(`/v1/stops/${stop.id}/timetable/releases`));
    expect((await anyone.get(path)).body.title).toEqual({ zh: '新题' });
  });

  it('is named by a release after its room was renamed', async () => {
    const stop = await publishedStop(organizer);
    const talk = await talkAt(stop.id);
    await must(schedule(talk.id, stop.rooms[0].id, stop.startsAt));
    await must(organizer.post(`/v1/stops/${stop.id}/timetable/releases`));
    const [room, ...others] = stop.rooms;
    await must(
      organizer.patch(`/v1/stops/${stop.id}`, { rooms: [{ ...room, name: { zh: '新厅' } }, ...others] }),
    );
    const { changes } = await must(organizer.post(`/v1/stops/${stop.id}/timetable/releases`));
    expect(changes).toMatchObject({ added: [], moved: [], removed: [], changed: [{ sessionId: talk.id }] });
  });
});

describe('a timetable', () => {
  it('is released in numbers that never change, with the difference to the one before', async () => {
    const stop = await publishedStop(organizer);
    const [stays, moves, goes] = [await talkAt(stop.id), await talkAt(stop.id), await talkAt(stop.id)];
    await must(schedule(stays.id, stop.rooms[0].id, inDays(30, 0)));
    await must(schedule(moves.id, stop.rooms[0].id, inDays(30, 1)));
    await must(schedule(goes.id, stop.rooms[0].id, inDays(30, 2)));
    const path = `/v1/stops/${stop.id}/timetable`;
    expect((await anyone.get(path)).status).toBe(404);
    const first = await organizer.post(`${path}/releases`, { note: '初版' });
    expect([first.status, first.body.version, first.body.changes.added.length]).toEqual([201, 1, 3]);
    const released = (await anyone.get(path)).body;
    await must(schedule(moves.id, stop.rooms[1].id, inDays(30, 3)));
    await must(organizer.post(`/v1/sessions/${goes.id}/cancel`));
    await must(organizer.patch(`/v1/sessions/${stays.id}`, { title: { zh: '新题目' } }));
    expect((await anyone.get(path)).body).toEqual(released);
    expect((await organizer.get(`${path}?release=draft`)).body.sessions).toHaveLength(2);
    expect((await anyone.get(`${path}?release=draft`)).status).toBeGreaterThanOrEqual(401);
    const second = await must(organizer.post(`${path}/releases`));
    expect(second.changes).toEqual({
      added: [],
      moved: [
        {
          sessionId: moves.id,
          title: moves.title,
          from: { roomId: stop.rooms[0].id, startsAt: inDays(30, 1), endsAt: inDays(30, 1.5) },
          to: { roomId: stop.rooms[1].id, startsAt: inDays(30, 3), endsAt: inDays(30, 3.5) },
        },
      ],
      changed: [expect.objectContaining({ sessionId: stays.id })],
      removed: [expect.objectContaining({ sessionId: goes.id, to: null })],
    });
    expect((await anyone.get(`${path}?release=1`)).body).toEqual(released);
    const newest = await anyone.get(path);
    expect(newest.body.release.version).toBe(2);
    expect(JSON.stringify(newest.body)).not.toContain('@');
    const etag = newest.headers.get('etag') ?? '';
    expect((await anyone.get(path, { 'if-none-match': etag })).status).toBe(304);
    const { items } = await must(anyone.get(`${path}/releases`));
    expect(items.map((release: { version: number }) => release.version)).toEqual([1, 2]);
  });
});
