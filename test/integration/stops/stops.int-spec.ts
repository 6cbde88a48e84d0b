import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import {
  Problem,
  cancelStop,
  completeStop,
  createStop,
  createTour,
  deleteStop,
  deleteTour,
  getRoomsInUse,
  getStop,
  getStopCalendar,
  getStopState,
  getTour,
  getTourCalendar,
  listStops,
  listTours,
  publishStop,
  rescheduleStop,
  sessionsCatchUpOnStop,
  updateStop,
  updateTour,
  type Tour,
  type UnscheduledSession,
} from '#contracts';
import { encodeCursor } from '#persistence';
import { service as stops } from '../../../apps/stops/src/service.js';
import { TestedService } from '../../support/tested-service.js';
import {
  everybody,
  makePublished,
  makeStop,
  makeTour,
  organizer,
  recordedOf,
  stopOn,
  stranger,
} from './tour-of-stops.js';

const unknownId = '01990000-0000-7000-8000-0000000000ff';
let service: TestedService;
let tour: Tour;
/** What sessions says of the rooms; a problem is thrown. */
let roomsInUse: string[] | Problem = [];

/** The session that a version of a stop took its place, by the stop; a problem is thrown. */
const unscheduled: Record<string, { version: number; session: UnscheduledSession } | Problem> = {};

beforeAll(async () => {
  service = await TestedService.start(stops, [
    [
      getRoomsInUse,
      () => {
        if (roomsInUse instanceof Problem) throw roomsInUse;
        return { roomIds: roomsInUse };
      },
    ],
    [
      sessionsCatchUpOnStop,
      ({ id, version }: { id: string; version: number }) => {
        const { [id]: lost } = unscheduled;
        if (lost instanceof Problem) throw lost;
        return { unscheduledSessions: lost?.version === version ? [lost.session] : [] };
      },
    ],
  ]);
}, 300_000);

afterAll(() => service.stop());

beforeEach(async () => {
  roomsInUse = [];
  tour = await makeTour(service);
});

describe('a tour', () => {
  it('is created, read, patched, and each change is audited and published', async () => {
    expect(tour).toMatchObject({
      overlappingStops: false,
      speakerTravelMinutes: 240,
      partners: [],
      version: 1,
    });
    const patch = {
      description: { en: 'Ten cities' },
      partners: [{ name: { zh: '主办方' }, role: 'host' as const }],
    };
    const changed = await service.ask(updateTour, { id: tour.id, body: patch }, organizer, { ifMatch: 1 });
    expect(changed).toMatchObject({ ...patch, version: 2 });
    expect(await service.ask(getTour, { id: tour.id }, organizer)).toEqual(changed);
    expect(await recordedOf(service, tour.id)).toEqual({
      actions: ['tour.create', 'tour.update'],
      versions: [1, 2],
    });
    const stale = { id: tour.id, body: { speakerTravelMinutes: 5 } };
    expect((await service.refusal(updateTour, stale, organizer, { ifMatch: 1 })).code).toBe(
      'precondition.failed',
    );
  });

  it('is public once one of its stops was ever published, and belongs to its organization', async () => {
    const read = { id: tour.id };
    expect((await service.refusal(getTour, read, everybody)).code).toBe('resource.not_found');
    expect((await service.refusal(getTour, read, stranger)).code).toBe('resource.not_found');
    const stop = await makePublished(service, tour.id, stopOn(1));
    await service.ask(cancelStop, { id: stop.id, body: { reason: 'storm' } }, organizer);
    expect(await service.ask(getTour, read, everybody)).toEqual(tour);
    expect(await service.ask(getTour, read, stranger)).toEqual(tour);
    const patch = { id: tour.id, body: { speakerTravelMinutes: 5 } };
    expect((await service.refusal(updateTour, patch, stranger)).code).toBe('resource.not_found');
    const foreign = await service.ask(createTour, { body: { name: { en: 'Foreign' } } }, stranger);
    const own = await service.ask(listTours, { limit: 200 }, stranger);
    expect(own.items.map((one) => one.id)).toEqual([foreign.id]);
    const seen = (await service.ask(listTours, { limit: 200 }, everybody)).items.map((one) => one.id);
    expect([seen.includes(tour.id), seen.includes(foreign.id)]).toEqual([true, false]);
  });

  it('lists in pages, oldest first', async () => {
    const second = await makeTour(service);
    const third = await makeTour(service);
    const after = encodeCursor([tour.id]);
    const page = await service.ask(listTours, { limit: 1, cursor: after }, organizer);
    expect(page.items.map((one) => one.id)).toEqual([second.id]);
    const last = await service.ask(listTours, { limit: 1, cursor: page.nextCursor ?? '' }, organizer);
    expect(last).toEqual({ items: [third], nextCursor: null });
  });

  it('passes a new travel time on to all of its stops', async () => {
    const first = await makeStop(service, tour.id, stopOn(1));
    const second = await makeStop(service, tour.id, stopOn(2));
    await service.ask(updateTour, { id: tour.id, body: { speakerTravelMinutes: 90 } }, organizer);
    for (const { id } of [first, second]) {
      const { stop } = await service.ask(getStopState, { id }, organizer);
      expect(stop).toMatchObject({ speakerTravelMinutes: 90, version: 2 });
      expect(await recordedOf(service, id)).toEqual({
        actions: ['stop.create', 'stop.follow_tour'],
        versions: [1, 2],
      });
    }
  });

  it('names the sessions that another travel time takes their places', async () => {
    const [first, second, third] = [
      await makeStop(service, tour.id, stopOn(1)),
      await makeStop(service, tour.id, stopOn(2)),
      await makeStop(service, tour.id, stopOn(3)),
    ];
    const session = { id: unknownId, title: { zh: '题目' }, reason: 'The stop was changed.' };
    unscheduled[second.id] = { version: 2, session };
    unscheduled[third.id] = new Problem('service.unavailable', 'Sessions does not answer.');
    const patch = (body: object) => service.ask(updateTour, { id: tour.id, body }, organizer);
    const changed = await patch({ speakerTravelMinutes: 90 });
    expect(changed).toMatchObject({ speakerTravelMinutes: 90, unscheduledSessions: [session] });
    expect(Object.keys(changed).at(-1)).toBe('version');
    expect(await patch({ name: { zh: '新名' } })).not.toHaveProperty('unscheduledSessions');
    expect(await service.ask(getStopState, { id: first.id }, organizer)).toMatchObject({
      stop: { version: 2 },
    });
  });
});

describe('a stop', () => {
  it('reads back as the same bytes that its changes were answered with', async () => {
    const created = await makeStop(service, tour.id, stopOn(3, { name: { zh: '站', en: 'Stop' } }));
    const read = await service.ask(getStop, { id: created.id }, organizer);
    expect(JSON.stringify(read)).toBe(JSON.stringify(created));
    expect(Object.keys(created).at(-1)).toBe('version');
    expect(created).toMatchObject({
      city: { code: '510100', name: { zh: '成都市' } },
      startsAt: expect.stringMatching(/T01:00:00Z$/),
      sequence: 1,
      status: 'draft',
      registrationState: 'not_open',
    });
    const published = await service.ask(publishStop, { id: created.id }, organizer);
    const again = await service.ask(getStop, { id: created.id }, everybody);
    expect(JSON.stringify(again)).toBe(JSON.stringify(published));
    expect(again).toMatchObject({ status: 'published', registrationState: 'open', version: 2 });
  });

  it('is hidden while a draft, and changed by its organization only', async () => {
    const { id } = await makeStop(service, tour.id, stopOn(3));
    const staff = { role: 'staff' as const, keyId: 'k', organizationId: 'o', stopId: id };
    expect((await service.ask(getStop, { id }, staff)).id).toBe(id);
    expect((await service.ask(getTour, { id: tour.id }, staff)).id).toBe(tour.id);
    expect((await service.refusal(getStop, { id }, everybody)).code).toBe('resource.not_found');
    expect((await service.refusal(listStops, { tourId: tour.id }, everybody)).code).toBe(
      'resource.not_found',
    );
    await service.ask(publishStop, { id }, organizer);
    expect((await service.refusal(completeStop, { id }, stranger)).code).toBe('resource.not_found');
    expect((await service.refusal(createStop, { tourId: tour.id, body: stopOn(4) }, stranger)).code).toBe(
      'resource.not_found',
    );
    for (const missing of [getStop, publishStop, completeStop])
      expect((await service.refusal(missing, { id: unknownId }, organizer)).code).toBe('resource.not_found');
    expect(await service.ask(getStopState, { id: 'no-uuid' }, organizer)).toEqual({ stop: null });
  });

  it('is counted and listed in order of start, drafts between published ones too', async () => {
    const late = await makePublished(service, tour.id, stopOn(20));
    const middle = await makeStop(service, tour.id, stopOn(10));
    const early = await makePublished(service, tour.id, stopOn(5));
    const all = await service.ask(listStops, { tourId: tour.id }, organizer);
    expect(all.items.map((one) => [one.id, one.sequence])).toEqual([
      [early.id, 1],
      [middle.id, 2],
      [late.id, 3],
    ]);
    const shown = await service.ask(listStops, { tourId: tour.id, limit: 1 }, everybody);
    const next = { tourId: tour.id, limit: 1, cursor: shown.nextCursor ?? '' };
    expect(await service.ask(listStops, next, everybody)).toEqual({
      items: [{ ...late, sequence: 3 }],
      nextCursor: null,
    });
    expect((await service.ask(getStop, { id: late.id }, everybody)).sequence).toBe(3);
  });

  it.each([
    ['tours', 'no-uuid'],
    ['stops', 'no-instant', unknownId],
    ['stops', '2027-01-01T00:00:00Z', 'no-uuid'],
    ['stops', 1, 2],
  ])('list of %s refuses a cursor of %s', async (list, ...keys) => {
    const cursor = encodeCursor(keys);
    const refused =
      list === 'tours'
        ? await service.refusal(listTours, { cursor }, organizer)
        : await service.refusal(listStops, { tourId: tour.id, cursor }, organizer);
    expect(refused).toMatchObject({ code: 'request.invalid', extra: { errors: [{ parameter: 'cursor' }] } });
  });

  it('is made once for one idempotency key', async () => {
    const idempotency = { scope: 'key-1', key: 'k', requestHash: 'h' };
    const input = { tourId: tour.id, body: stopOn(3) };
    const first = await service.ask(createStop, input, organizer, { idempotency });
    expect(await service.ask(createStop, input, organizer, { idempotency })).toEqual(first);
    expect((await recordedOf(service, first.id)).actions).toEqual(['stop.create']);
  });
});

describe('the life of a stop', () => {
  it('goes from draft to published to completed, each step once', async () => {
    const { id } = await makeStop(service, tour.id, stopOn(3));
    expect((await service.refusal(completeStop, { id }, organizer)).code).toBe('stop.invalid_transition');
    await service.ask(publishStop, { id }, organizer);
    expect((await service.refusal(publishStop, { id }, organizer)).code).toBe('stop.invalid_transition');
    expect((await service.refusal(completeStop, { id }, organizer)).code).toBe('stop.not_started');
    expect(await service.ask(completeStop, { id, body: { early: true } }, organizer)).toMatchObject({
      status: 'completed',
      registrationState: 'closed',
    });
    const patch = { id, body: { capacity: 5 } };
    expect((await service.refusal(updateStop, patch, organizer)).code).toBe('stop.invalid_transition');
    expect(await recordedOf(service, id)).toEqual({
      actions: ['stop.create', 'stop.publish', 'stop.complete'],
      versions: [1, 2, 3],
    });
  });

  it('does not begin in the past', async () => {
    const past = {
      startsAt: '2026-01-16T01:00:00Z',
      endsAt: '2026-01-16T09:00:00Z',
      registration: { opensAt: '2026-01-01T00:00:00Z', closesAt: '2026-01-15T00:00:00Z' },
    };
    const { id } = await makeStop(service, tour.id, stopOn(3, past));
    expect((await service.refusal(publishStop, { id }, organizer)).code).toBe('stop.in_past');
  });

  it('a published one moves by a reschedule only, which tells where from and why', async () => {
    const stop = await makePublished(service, tour.id, stopOn(3));
    const { startsAt, endsAt } = stopOn(2);
    expect((await service.refusal(updateStop, { id: stop.id, body: { startsAt } }, organizer)).code).toBe(
      'stop.use_reschedule',
    );
    const to = { startsAt, endsAt, reason: '台风' };
    const moved = await service.ask(rescheduleStop, { id: stop.id, body: to }, organizer, { ifMatch: 2 });
    const { stop: state } = await service.ask(getStopState, { id: stop.id }, organizer);
    expect(state).toMatchObject({
      version: 3,
      moves: [{ fromStartsAt: stop.startsAt, toStartsAt: moved.startsAt, reason: '台风' }],
    });
    const shiftMs = Date.parse(moved.startsAt) - Date.parse(stop.startsAt);
    const shifted = (at: string) => new Date(Date.parse(at) + shiftMs).toISOString().replace('.000Z', 'Z');
    expect(moved.registration).toEqual({
      ...stop.registration,
      closesAt: shifted(stop.registration.closesAt),
      changesUntil: moved.startsAt,
    });
    expect(moved.reason).toBe('台风');
    const [before, after] = [stop, moved].map((one) => ({
      startsAt: one.startsAt,
      endsAt: one.endsAt,
      registration: { ...one.registration, changesUntil: null },
    }));
    const lines = (await service.rows.query(
      `SELECT before, after FROM audit WHERE resource_id = $1 AND action = 'stop.reschedule'`,
      [stop.id],
    )) as object[];
    expect(lines).toEqual([
      {
        before: { ...before, version: 2 },
        after: { ...after, version: 3, reason: '台风' },
      },
    ]);
  });

  it('a draft is patched instead', async () => {
    const { id } = await makeStop(service, tour.id, stopOn(3));
    const { startsAt, endsAt } = stopOn(4);
    const refused = await service.refusal(rescheduleStop, { id, body: { startsAt, endsAt } }, organizer);
    expect(refused.code).toBe('stop.invalid_transition');
    const { registration } = stopOn(4);
    const patched = await service.ask(
      updateStop,
      { id, body: { startsAt, endsAt, registration } },
      organizer,
    );
    expect(patched.startsAt).toMatch(/-01-04T01:00:00Z$/);
  });

  it('keeps the reason of a cancelling; a patch that changes nothing leaves no trace', async () => {
    const stop = await makePublished(service, tour.id, stopOn(3));
    const same = await service.ask(updateStop, { id: stop.id, body: { capacity: stop.capacity } }, organizer);
    expect(same).toEqual(stop);
    await service.ask(cancelStop, { id: stop.id, body: { reason: '场地关闭' } }, organizer);
    const { stop: state } = await service.ask(getStopState, { id: stop.id }, organizer);
    expect(state).toMatchObject({
      status: 'cancelled',
      published: true,
      cancelReason: '场地关闭',
      version: 3,
    });
  });
});

describe('what the public reads of a stop', () => {
  const texts = {
    description: { zh: '上午主论坛' },
    travel: { en: 'Metro line 1' },
    contact: { name: '会务组', email: 'Chengdu@example.com' },
  };

  it('is stored and patched, and its contact is in no event and in no line of the audit', async () => {
    const stop = await makeStop(service, tour.id, stopOn(3, texts));
    const contact = { name: '会务组', email: 'chengdu@example.com', phone: null };
    expect(stop).toMatchObject({ ...texts, contact });
    expect(await service.ask(getStop, { id: stop.id }, organizer)).toEqual(stop);
    const patch = { travel: null, contact: { email: null, phone: '13800138000' } };
    const patched = await service.ask(updateStop, { id: stop.id, body: patch }, organizer);
    expect(patched).toMatchObject({
      description: texts.description,
      travel: null,
      contact: { name: '会务组', email: null, phone: '+8613800138000' },
    });
    const gone = await service.ask(updateStop, { id: stop.id, body: { contact: null } }, organizer);
    expect(gone.contact).toBeNull();
    const [traces] = (await service.rows.query(
      `SELECT (SELECT string_agg(payload, '') FROM outbox WHERE aggregate_id = $1::text) AS events,
              (SELECT string_agg(concat(before, after), '') FROM audit WHERE resource_id = $1::uuid) AS audit`,
      [stop.id],
    )) as { events: string; audit: string }[];
    for (const text of Object.values(traces ?? {})) expect(text).not.toMatch(/会务组|chengdu@|13800138000/);
    expect(traces?.audit).toContain('"contactChanged": true');
  });

  it('may be put right after the stop, and nothing else', async () => {
    const { id } = await makePublished(service, tour.id, stopOn(3));
    await service.ask(completeStop, { id, body: { early: true } }, organizer);
    const { description } = await service.ask(updateStop, { id, body: texts }, organizer);
    expect(description).toEqual(texts.description);
    const both = { id, body: { ...texts, capacity: 5 } };
    expect((await service.refusal(updateStop, both, organizer)).code).toBe('stop.invalid_transition');
  });

  it('of a tour has a website', async () => {
    const website = 'https://example.com/tour';
    const made = await makeTour(service, { website: ' https://EXAMPLE.com/tour' });
    expect(made.website).toBe(website);
    const patched = await service.ask(updateTour, { id: made.id, body: { website: null } }, organizer);
    expect(patched.website).toBeNull();
  });
});

describe('delegates may be changed until', () => {
  it('the start, unless it is set; events carry the instant itself', async () => {
    const stop = await makeStop(service, tour.id, stopOn(3));
    expect(stop.registration.changesUntil).toBe(stop.startsAt);
    const { startsAt, endsAt, registration } = stopOn(5);
    const moved = await service.ask(
      updateStop,
      { id: stop.id, body: { startsAt, endsAt, registration } },
      organizer,
    );
    expect(moved.registration.changesUntil).toBe(moved.startsAt);
    const set = { id: stop.id, body: { registration: { changesUntil: moved.registration.closesAt } } };
    await service.ask(updateStop, set, organizer);
    const { stop: state } = await service.ask(getStopState, { id: stop.id }, organizer);
    expect(state?.registration.changesUntil).toBe(moved.registration.closesAt);
    const cleared = { id: stop.id, body: { registration: { changesUntil: null } } };
    const { registration: after } = await service.ask(updateStop, cleared, organizer);
    expect(after.changesUntil).toBe(moved.startsAt);
  });
});

describe('deleting', () => {
  it('deletes a draft; its last event says cancelled', async () => {
    const { id } = await makeStop(service, tour.id, stopOn(3));
    expect((await service.refusal(deleteStop, { id }, stranger)).code).toBe('resource.not_found');
    const stale = await service.refusal(deleteStop, { id }, organizer, { ifMatch: 2 });
    expect(stale.code).toBe('precondition.failed');
    expect(await service.ask(deleteStop, { id }, organizer)).toBeNull();
    expect((await service.refusal(getStop, { id }, organizer)).code).toBe('resource.not_found');
    expect((await service.refusal(deleteStop, { id }, organizer)).code).toBe('resource.not_found');
    expect(await service.ask(getStopState, { id }, organizer)).toEqual({ stop: null });
    expect(await recordedOf(service, id)).toEqual({
      actions: ['stop.create', 'stop.delete'],
      versions: [1, 2],
    });
    const [{ data }] = (await service.rows.query(
      `SELECT payload::json -> 'data' AS data FROM outbox WHERE aggregate_id = $1 ORDER BY id DESC LIMIT 1`,
      [id],
    )) as [{ data: object }];
    expect(data).toMatchObject({ status: 'cancelled', published: false, deleted: true });
    expect((await makeStop(service, tour.id, stopOn(3))).sequence).toBe(1);
  });

  it('leaves what is or was public, and what was cancelled', async () => {
    const { id } = await makePublished(service, tour.id, stopOn(3));
    expect((await service.refusal(deleteStop, { id }, organizer)).code).toBe('stop.not_draft');
    await service.ask(cancelStop, { id, body: { reason: 'storm' } }, organizer);
    expect((await service.refusal(deleteStop, { id }, organizer)).code).toBe('stop.not_draft');
  });

  it('takes a tour away once it has no stops', async () => {
    const draft = await makeStop(service, tour.id, stopOn(3));
    const { id } = tour;
    expect((await service.refusal(deleteTour, { id }, organizer)).code).toBe('tour.not_empty');
    await service.ask(deleteStop, { id: draft.id }, organizer);
    expect((await service.refusal(deleteTour, { id }, stranger)).code).toBe('resource.not_found');
    expect(await service.ask(deleteTour, { id }, organizer)).toBeNull();
    expect((await service.refusal(getTour, { id }, organizer)).code).toBe('resource.not_found');
    expect(await recordedOf(service, id)).toEqual({
      actions: ['tour.create', 'tour.delete'],
      versions: [1, 2],
    });
    const late = { tourId: id, body: stopOn(4) };
    expect((await service.refusal(createStop, late, organizer)).code).toBe('resource.not_found');
  });
});

describe('rooms', () => {
  it('stay while sessions are scheduled in them', async () => {
    const stop = await makeStop(service, tour.id, stopOn(3));
    const [room] = stop.rooms;
    roomsInUse = [room?.id ?? ''];
    const empty = { id: stop.id, body: { rooms: [] } };
    expect((await service.refusal(updateStop, empty, organizer)).code).toBe('stop.room_in_use');
    const more = [...stop.rooms, { name: { en: 'Second' }, seats: 20 }];
    const larger = await service.ask(updateStop, { id: stop.id, body: { rooms: more } }, organizer);
    expect(larger.rooms).toEqual([room, { id: expect.any(String), name: { en: 'Second' }, seats: 20 }]);
    const kept = await service.ask(updateStop, { id: stop.id, body: { rooms: stop.rooms } }, organizer);
    expect(kept.rooms).toEqual(stop.rooms);
  });

  it('are asked for only where one would go, and then nothing happens without an answer', async () => {
    const stop = await makeStop(service, tour.id, stopOn(3));
    roomsInUse = new Problem('service.unavailable', 'silent');
    expect((await service.ask(updateStop, { id: stop.id, body: { capacity: 9 } }, organizer)).capacity).toBe(
      9,
    );
    const empty = { id: stop.id, body: { rooms: [] } };
    expect((await service.refusal(updateStop, empty, organizer)).code).toBe('service.unavailable');
    expect((await service.ask(getStop, { id: stop.id }, organizer)).rooms).toEqual(stop.rooms);
  });
});

describe('calendars', () => {
  const events = (ics: string) =>
    new ICAL.Component(ICAL.parse(ics) as unknown[]).getAllSubcomponents('vevent');

  it('show what was ever published, and follow changes, cancelling and the name of the tour', async () => {
    const stop = await makePublished(service, tour.id, stopOn(3));
    const draft = await makeStop(service, tour.id, stopOn(4));
    expect((await service.refusal(getStopCalendar, { id: draft.id }, organizer)).code).toBe(
      'resource.not_found',
    );
    const feed = async () => {
      const { ics } = await service.ask(getTourCalendar, { id: tour.id }, everybody);
      const [event, ...others] = events(ics);
      expect(others).toEqual([]);
      return ['uid', 'sequence', 'status', 'description'].map((name) => event?.getFirstPropertyValue(name));
    };
    const uid = `stop-${stop.id}@waystop`;
    expect(await feed()).toEqual([uid, 1, 'CONFIRMED', '全国行']);
    await service.ask(updateTour, { id: tour.id, body: { name: { zh: '新名' } } }, organizer);
    expect(await feed()).toEqual([uid, 2, 'CONFIRMED', '新名']);
    await service.ask(cancelStop, { id: stop.id, body: { reason: 'storm' } }, organizer);
    expect(await feed()).toEqual([uid, 3, 'CANCELLED', '新名\n已取消：storm']);
    const { ics } = await service.ask(getStopCalendar, { id: stop.id, lang: 'en' }, everybody);
    expect(events(ics)).toHaveLength(1);
  });

  it('of a tour without published stops are not there', async () => {
    await makeStop(service, tour.id, stopOn(3));
    expect((await service.refusal(getTourCalendar, { id: tour.id }, organizer)).code).toBe(
      'resource.not_found',
    );
  });
});
