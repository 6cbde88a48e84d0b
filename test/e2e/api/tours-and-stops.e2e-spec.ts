import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  ApiClient,
  aSession,
  aStop,
  delegates,
  inDays,
  must,
  publishedStop,
  signUpCompany,
} from '../../support/client.js';
import { eventually } from '../../support/npm-start.js';
import { sharedSystem, type SharedSystem } from '../../support/shared-system.js';

let system: SharedSystem;
let anyone: ApiClient;
let organizer: ApiClient;

beforeAll(async () => {
  system = await sharedSystem();
  anyone = new ApiClient(system.url);
  organizer = anyone.with(system.organizerKey);
}, 300_000);

const newTour = (over: object = {}) => must(organizer.post('/v1/tours', { name: { zh: '生态行' }, ...over }));

describe('tours', () => {
  it('answer with every field, defaults filled in', async () => {
    const partners = [{ name: { zh: '四川省科学技术厅' }, role: 'guide' }];
    const tour = await newTour({ partners, description: { en: 'A tour' } });
    expect(tour).toMatchObject({
      name: { zh: '生态行' },
      description: { en: 'A tour' },
      website: null,
      partners,
      overlappingStops: false,
      speakerTravelMinutes: 240,
      version: 1,
    });
    expect((await organizer.patch(`/v1/tours/${tour.id}`, { id: tour.id })).body.errors[0].pointer).toBe(
      '/id',
    );
    expect(
      (await organizer.patch(`/v1/tours/${tour.id}`, { description: null })).body.description,
    ).toBeNull();
  });

  it('are not there for other organizations', async () => {
    const tour = await newTour();
    const { apiKey } = await must(
      anyone.with(system.adminKey).post('/v1/organizations', { name: { en: 'Second organizer' } }),
    );
    expect((await anyone.with(apiKey).get(`/v1/tours/${tour.id}`)).status).toBe(404);
    expect((await anyone.with(apiKey).post(`/v1/tours/${tour.id}/stops`, aStop())).status).toBe(404);
  });

  it('refuse stops that overlap in time, also at once', async () => {
    const tour = await newTour();
    const path = `/v1/tours/${tour.id}/stops`;
    const answers = await Promise.all(Array.from({ length: 8 }, () => organizer.post(path, aStop())));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'stop.overlap')).toHaveLength(7);
    const touching = aStop({ startsAt: inDays(30, 9), endsAt: inDays(30, 12) });
    expect((await organizer.post(path, touching)).status).toBe(201);
    const free = await newTour({ overlappingStops: true });
    await must(organizer.post(`/v1/tours/${free.id}/stops`, aStop()));
    expect((await organizer.post(`/v1/tours/${free.id}/stops`, aStop())).status).toBe(201);
  });
});

describe('stops', () => {
  it('answer with every field, defaults filled in', async () => {
    const tour = await newTour();
    const { status, body } = await organizer.post(`/v1/tours/${tour.id}/stops`, aStop());
    expect(status).toBe(201);
    expect(body).toMatchObject({
      tourId: tour.id,
      sequence: 1,
      status: 'draft',
      registrationState: 'not_open',
      city: { code: '510100', name: { zh: '成都市' } },
      venue: { name: { zh: '会议中心' }, address: null, location: null },
      maxDelegatesPerCompany: 10,
      registration: { approval: 'automatic', waitlist: true, waitlistPolicy: 'strict', verifiedOnly: false },
      description: null,
      travel: null,
      contact: null,
      reason: null,
      partners: [],
      version: 1,
    });
    expect(body.rooms).toEqual([
      { id: expect.any(String), name: { zh: '主会场' }, seats: 5 },
      { id: expect.any(String), name: { zh: '分会场' }, seats: 2 },
    ]);
  });

  it.each([
    ['an unknown city', { city: { code: '999999' } }, '/city/code'],
    ['an end before the start', { endsAt: inDays(29) }, '/endsAt'],
    [
      'a window that ends after the stop',
      { registration: { closesAt: inDays(40) } },
      '/registration/closesAt',
    ],
    [
      'a window that ends before it opens',
      { registration: { opensAt: inDays(30, 1) } },
      '/registration/closesAt',
    ],
    ['more than 31 days', { endsAt: inDays(62) }, '/endsAt'],
    [
      'changes until after the end',
      { registration: { changesUntil: inDays(31) } },
      '/registration/changesUntil',
    ],
    ['changes until too early', { registration: { changesUntil: inDays(28) } }, '/registration/changesUntil'],
    ['a contact that is none', { contact: { email: 'x' } }, '/contact/email'],
    ['a website of a stop', { website: 'https://example.com' }, '/website'],
    ['no seat at all', { capacity: 0 }, '/capacity'],
    ['too many seats', { capacity: 100_001 }, '/capacity'],
    ['a time zone that is none', { timeZone: 'Asia/Chengdu' }, '/timeZone'],
    ['a local time without offset', { startsAt: '2027-01-16T09:00:00' }, '/startsAt'],
  ])('refuse %s', async (_what, over, pointer) => {
    const tour = await newTour();
    const { status, body } = await organizer.post(`/v1/tours/${tour.id}/stops`, aStop(over));
    expect([status, body.code]).toEqual([422, 'request.invalid']);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });

  it('live from draft to completed or cancelled, and nothing else', async () => {
    const stop = await publishedStop(organizer);
    const path = `/v1/stops/${stop.id}`;
    expect(stop).toMatchObject({ status: 'published', registrationState: 'open' });
    expect((await organizer.post(`${path}/publish`)).body.code).toBe('stop.invalid_transition');
    expect((await organizer.post(`${path}/cancel`)).status).toBe(422);
    const cancelled = await must(organizer.post(`${path}/cancel`, { reason: '天气' }));
    expect(cancelled).toMatchObject({ status: 'cancelled', registrationState: 'closed' });
    expect((await organizer.post(`${path}/complete`)).body.code).toBe('stop.invalid_transition');
    const over = {
      startsAt: inDays(-2),
      endsAt: inDays(-1),
      registration: { opensAt: inDays(-4), closesAt: inDays(-3) },
    };
    const past = await must(organizer.post(`/v1/tours/${stop.tourId}/stops`, aStop(over)));
    expect((await organizer.post(`/v1/stops/${past.id}/publish`)).body.code).toBe('stop.in_past');
  });

  it('are completed before they begin only where the body says so', async () => {
    const stop = await publishedStop(organizer);
    const path = `/v1/stops/${stop.id}/complete`;
    expect((await organizer.post(path)).body.code).toBe('stop.not_started');
    expect((await organizer.post(path, { early: false })).body.code).toBe('stop.not_started');
    expect((await organizer.post(path, { early: true })).body.status).toBe('completed');
  });

  it('are deleted while they are drafts, and their tours once they are empty', async () => {
    const tour = await newTour();
    const draft = await must(organizer.post(`/v1/tours/${tour.id}/stops`, aStop()));
    await must(organizer.post(`/v1/stops/${draft.id}/sessions`, aSession()));
    expect((await organizer.delete(`/v1/tours/${tour.id}`)).body.code).toBe('tour.not_empty');
    expect((await organizer.delete(`/v1/stops/${draft.id}`, { 'if-match': '"0"' })).status).toBe(412);
    expect((await organizer.delete(`/v1/stops/${draft.id}`)).status).toBe(204);
    expect((await organizer.get(`/v1/stops/${draft.id}`)).status).toBe(404);
    await eventually('the end of its programme', async () => {
      return (await organizer.get(`/v1/stops/${draft.id}/sessions`)).status === 404;
    });
    expect((await organizer.delete(`/v1/tours/${tour.id}`)).status).toBe(204);
    expect((await organizer.get(`/v1/tours/${tour.id}`)).status).toBe(404);
    const published = await publishedStop(organizer);
    expect((await organizer.delete(`/v1/stops/${published.id}`)).body.code).toBe('stop.not_draft');
    const { items } = await must(organizer.get(`/v1/audit?resourceId=${draft.id}`));
    const actions = items.map((line: { action: string }) => line.action);
    expect(actions).toEqual(expect.arrayContaining(['stop.create', 'stop.delete']));
  });

  it('are listed in order of their start, numbered in it', async () => {
    const tour = await newTour();
    for (const day of [33, 31, 32]) {
      const times = {
        startsAt: inDays(day),
        endsAt: inDays(day, 2),
        registration: { opensAt: inDays(1), closesAt: inDays(2) },
      };
      const stop = await must(organizer.post(`/v1/tours/${tour.id}/stops`, aStop(times)));
      await must(organizer.post(`/v1/stops/${stop.id}/publish`));
    }
    const { items } = await must(anyone.get(`/v1/tours/${tour.id}/stops`));
    expect(items.map((stop: { sequence: number }) => stop.sequence)).toEqual([1, 2, 3]);
    expect(items.map((stop: { startsAt: string }) => stop.startsAt)).toEqual([
      inDays(31),
      inDays(32),
      inDays(33),
    ]);
  });

  it('keep a room in which a session is scheduled', async () => {
    const stop = await publishedStop(organizer);
    const talk = await must(organizer.post(`/v1/stops/${stop.id}/sessions`, aSession()));
    const [first, second] = stop.rooms;
    await must(
      organizer.post(`/v1/sessions/${talk.id}/schedule`, { roomId: first.id, startsAt: stop.startsAt }),
    );
    const without = await organizer.patch(`/v1/stops/${stop.id}`, { rooms: [second] });
    expect([without.status, without.body.code]).toEqual([409, 'stop.room_in_use']);
    expect(without.body.detail).toContain(`“${first.name.en ?? first.name.zh}”`);
    expect((await organizer.patch(`/v1/stops/${stop.id}`, { rooms: [{ ...first, seats: 1 }] })).status).toBe(
      200,
    );
  });
});

describe('a rescheduled stop', () => {
  it('takes its sessions along, keeps registrations, and releases the timetable anew', async () => {
    const stop = await publishedStop(organizer);
    const company = await signUpCompany(anyone);
    const registration = await must(
      company.api.post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(2) }),
    );
    const talks = [];
    for (const [room, hours] of [
      [0, 0],
      [1, 8],
    ] as const) {
      const talk = await must(organizer.post(`/v1/stops/${stop.id}/sessions`, aSession()));
      const place = { roomId: stop.rooms[room].id, startsAt: inDays(30, hours) };
      talks.push(await must(organizer.post(`/v1/sessions/${talk.id}/schedule`, place)));
    }
    await must(organizer.post(`/v1/stops/${stop.id}/timetable/releases`, {}));
    const moved = await must(
      organizer.post(`/v1/stops/${stop.id}/reschedule`, {
        startsAt: inDays(37),
        endsAt: inDays(37, 5),
        reason: '场地',
      }),
    );
    expect(moved).toMatchObject({
      startsAt: inDays(37),
      endsAt: inDays(37, 5),
      reason: '场地',
      registration: { opensAt: stop.registration.opensAt, closesAt: inDays(36), changesUntil: inDays(37) },
      unscheduledSessions: [
        { id: talks[1].id, title: talks[1].title, reason: expect.stringContaining('场地') },
      ],
    });
    const read = await must(organizer.get(`/v1/stops/${stop.id}`));
    expect(read).toMatchObject({ version: moved.version, reason: '场地' });
    const follows = await must(organizer.get(`/v1/sessions/${talks[0].id}`));
    expect(follows).toMatchObject({ status: 'scheduled', startsAt: inDays(37) });
    const staysBehind = await must(organizer.get(`/v1/sessions/${talks[1].id}`));
    expect(staysBehind).toMatchObject({ status: 'accepted', roomId: null, startsAt: null });
    const timetable = await must(anyone.get(`/v1/stops/${stop.id}/timetable`));
    expect(timetable.release).toMatchObject({ version: 2, note: '场地' });
    expect(timetable.sessions.map((session: { id: string }) => session.id)).toEqual([talks[0].id]);
    expect((await must(company.api.get(`/v1/registrations/${registration.id}`))).status).toBe('confirmed');
  });
});

describe('a cancelled stop', () => {
  it('cancels registrations and sessions, and its calendars say so', async () => {
    const stop = await publishedStop(organizer);
    const company = await signUpCompany(anyone);
    const { id } = await must(
      company.api.post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(1) }),
    );
    const talk = await must(organizer.post(`/v1/stops/${stop.id}/sessions`, aSession()));
    await must(
      organizer.post(`/v1/sessions/${talk.id}/schedule`, {
        roomId: stop.rooms[0].id,
        startsAt: stop.startsAt,
      }),
    );
    await must(organizer.post(`/v1/stops/${stop.id}/timetable/releases`, {}));
    const before = await anyone.get(`/v1/stops/${stop.id}/calendar.ics`);
    await must(organizer.post(`/v1/stops/${stop.id}/cancel`, { reason: '天气' }));
    expect((await company.api.get(`/v1/registrations/${id}`)).body.status).toBe('cancelled');
    expect((await organizer.get(`/v1/sessions/${talk.id}`)).body.status).toBe('cancelled');
    expect((await anyone.get(`/v1/stops/${stop.id}/timetable`)).body.sessions).toHaveLength(1);
    const after = await anyone.get(`/v1/stops/${stop.id}/calendar.ics`);
    expect(before.headers.get('content-type')).toMatch(/^text\/calendar/);
    expect(before.body).not.toMatch(/STATUS:CANCELLED/);
    expect(after.body).toMatch(/STATUS:CANCELLED/);
    expect(sequenceOf(after.body)).toBeGreaterThan(sequenceOf(before.body));
    expect((await anyone.get(`/v1/stops/${stop.id}/timetable.ics`)).body).toMatch(/STATUS:CANCELLED/);
    const late = await company.api.post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(1) });
    expect(late.body.code).toBe('stop.cancelled');
  });
});

function sequenceOf(ics: string): number {
  return Number(/SEQUENCE:(\d+)/.exec(ics)?.[1]);
}
