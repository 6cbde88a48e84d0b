import { beforeAll, describe, expect, it } from '@jest/globals';
import { soon } from '#service/testing/patience';
import {
  ApiClient,
  aSession,
  aStop,
  delegates,
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
let companies: SignedUp[];

beforeAll(async () => {
  system = await sharedSystem();
  anyone = new ApiClient(system.url);
  organizer = anyone.with(system.organizerKey);
  companies = await Promise.all(Array.from({ length: 30 }, () => signUpCompany(anyone)));
}, 300_000);

const company = (index: number): ApiClient => (companies[index] as SignedUp).api;
const register = (stop: { id: string }, index: number, count: number, headers = {}) =>
  company(index).post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(count) }, headers);
/** Readers are shown it from memory, a moment behind. */
const availability = (stop: { id: string }) => must(anyone.get(`/v1/stops/${stop.id}/availability`));
const statusOf = async (registration: { id: string }) => {
  const { status, waitlistPosition } = await must(organizer.get(`/v1/registrations/${registration.id}`));
  return [status, waitlistPosition];
};

describe('a delegation', () => {
  it('gets all its seats, with a badge for each delegate', async () => {
    const stop = await publishedStop(organizer);
    const sent = delegates(2);
    const answer = await company(0).post(`/v1/stops/${stop.id}/registrations`, {
      delegates: sent,
      note: '素食',
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      stopId: stop.id,
      companyId: companies[0]?.id,
      status: 'confirmed',
      seats: 2,
      waitlistPosition: null,
      company: { id: companies[0]?.id, name: expect.any(Object) },
      version: 1,
    });
    expect(answer.body.delegates).toEqual(
      sent.map((one) => ({
        id: expect.any(String),
        ...one,
        mobile: null,
        jobTitle: null,
        language: null,
        badge: expect.any(String),
      })),
    );
    const read = await company(0).get(`/v1/registrations/${answer.body.id}`);
    expect([read.body, read.headers.get('etag')]).toEqual([answer.body, answer.headers.get('etag')]);
    const seen = await must(organizer.get(`/v1/registrations/${answer.body.id}`));
    expect(seen.company.contact).toMatchObject({ email: expect.any(String), mobile: '+8613800138000' });
    expect((await company(1).get(`/v1/registrations/${answer.body.id}`)).status).toBe(404);
    const seats = { capacity: 10, confirmed: 2, pending: 0, waitlisted: 0, left: 8 };
    await soon(async () => expect(await availability(stop)).toEqual({ ...seats, registrationState: 'open' }));
  });

  it('is refused for the right reason', async () => {
    const stop = await publishedStop(organizer, {
      capacity: 5,
      maxDelegatesPerCompany: 4,
      registration: { waitlist: false },
    });
    await must(register(stop, 0, 4));
    expect((await register(stop, 0, 1)).body.code).toBe('registration.duplicate');
    expect((await register(stop, 1, 5)).body.code).toBe('registration.too_many_delegates');
    expect((await register(stop, 1, 2)).body.code).toBe('registration.full');
    const [one] = delegates(1);
    const twice = await company(1).post(`/v1/stops/${stop.id}/registrations`, { delegates: [one, one] });
    expect([twice.status, twice.body.errors[0].pointer]).toEqual([422, '/delegates/1/email']);
    const later = await publishedStop(organizer, { registration: { opensAt: inDays(1) } });
    expect((await register(later, 1, 1)).body.code).toBe('registration.not_open');
    const over = await publishedStop(organizer, {
      registration: { opensAt: inDays(-2), closesAt: inDays(-1) },
    });
    expect((await register(over, 1, 1)).body.code).toBe('registration.closed');
    const verified = await publishedStop(organizer, { registration: { verifiedOnly: true } });
    expect((await register(verified, 2, 1)).body.code).toBe('company.unverified');
    await must(organizer.post(`/v1/companies/${companies[2]?.id}/verify`));
    expect((await register(verified, 2, 1)).status).toBe(201);
    const tour = await must(organizer.post('/v1/tours', { name: { en: 'Drafts' } }));
    const draft = await must(organizer.post(`/v1/tours/${tour.id}/stops`, aStop()));
    expect((await register(draft, 1, 1)).status).toBe(404);
  });

  it('is changed person by person', async () => {
    const stop = await publishedStop(organizer, { maxDelegatesPerCompany: 3 });
    const made = await must(register(stop, 0, 2));
    const path = `/v1/registrations/${made.id}`;
    const [extra] = delegates(1);
    const added = await company(0).post(`${path}/delegates`, extra);
    expect([added.status, added.body.seats, added.body.version]).toEqual([201, 3, 2]);
    const fourth = await company(0).post(`${path}/delegates`, delegates(1)[0]);
    expect(fourth.body.code).toBe('registration.too_many_delegates');
    const [first, second, third] = added.body.delegates;
    const renamed = await must(company(0).patch(`${path}/delegates/${first.id}`, { name: '示例代表 九' }));
    expect(renamed.delegates[0]).toMatchObject({ id: first.id, name: '示例代表 九', badge: first.badge });
    const replaced = await must(
      company(0).patch(`${path}/delegates/${first.id}`, { email: 'new@example.com' }),
    );
    expect(replaced.delegates[0].badge).not.toBe(first.badge);
    const scan = await organizer.post(`/v1/stops/${stop.id}/check-ins`, { badge: first.badge });
    expect(scan.body.code).toBe('badge.not_valid');
    const stale = await company(0).delete(`${path}/delegates/${second.id}`, { 'if-match': '"1-old"' });
    expect(stale.body.code).toBe('precondition.failed');
    expect((await company(0).delete(`${path}/delegates/${second.id}`)).body.seats).toBe(2);
    await must(company(0).delete(`${path}/delegates/${third.id}`));
    expect((await company(0).delete(`${path}/delegates/${first.id}`)).body.code).toBe(
      'registration.last_delegate',
    );
  });

  it('waits for approval where the stop says so, and holds its seats meanwhile', async () => {
    const stop = await publishedStop(organizer, { capacity: 3, registration: { approval: 'manual' } });
    const first = await must(register(stop, 0, 2));
    const second = await must(register(stop, 1, 2));
    expect([first.status, first.delegates[0].badge, second.status, second.waitlistPosition]).toEqual([
      'pending',
      null,
      'waitlisted',
      1,
    ]);
    expect((await organizer.post(`/v1/registrations/${second.id}/approve`)).body.code).toBe(
      'registration.invalid_transition',
    );
    expect((await company(0).post(`/v1/registrations/${first.id}/approve`)).status).toBe(403);
    await must(organizer.post(`/v1/registrations/${first.id}/decline`, { reason: '名额' }));
    expect(await statusOf(second)).toEqual(['pending', null]);
    expect((await must(organizer.post(`/v1/registrations/${second.id}/approve`))).status).toBe('confirmed');
  });
});

describe('the waiting list', () => {
  it('is strict: nobody passes, and the head goes first while it fits', async () => {
    const stop = await publishedStop(organizer, { capacity: 5 });
    const a = await must(register(stop, 0, 4));
    const b = await must(register(stop, 1, 3));
    const c = await must(register(stop, 2, 1));
    expect([b.waitlistPosition, c.status, c.waitlistPosition]).toEqual([1, 'waitlisted', 2]);
    await must(organizer.patch(`/v1/stops/${stop.id}`, { capacity: 6 }));
    expect([await statusOf(b), await statusOf(c)]).toEqual([
      ['waitlisted', 1],
      ['waitlisted', 2],
    ]);
    await must(organizer.patch(`/v1/stops/${stop.id}`, { capacity: 7 }));
    expect([await statusOf(b), await statusOf(c)]).toEqual([
      ['confirmed', null],
      ['waitlisted', 1],
    ]);
    await must(company(0).post(`/v1/registrations/${a.id}/cancel`));
    expect(await statusOf(c)).toEqual(['confirmed', null]);
    expect((await company(0).post(`/v1/registrations/${a.id}/cancel`)).body.code).toBe(
      'registration.invalid_transition',
    );
    expect((await register(stop, 0, 1)).body.status).toBe('confirmed');
  });

  it('is first_fit where the stop says so: each that fits goes', async () => {
    const stop = await publishedStop(organizer, {
      capacity: 5,
      registration: { waitlistPolicy: 'first_fit' },
    });
    const a = await must(register(stop, 0, 4));
    const b = await must(register(stop, 1, 5));
    const c = await must(register(stop, 2, 1));
    expect([b.waitlistPosition, c.status]).toEqual([1, 'confirmed']);
    const d = await must(register(stop, 3, 3));
    await must(company(0).post(`/v1/registrations/${a.id}/cancel`));
    expect([await statusOf(b), await statusOf(d)]).toEqual([
      ['waitlisted', 1],
      ['confirmed', null],
    ]);
  });

  it('never oversells in a storm over two replicas', async () => {
    const stop = await publishedStop(organizer, { capacity: 11 });
    const answers = await Promise.all(
      companies.map((_, index) =>
        register(stop, index, 1 + (index % 3), { 'idempotency-key': `storm-${index}` }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const seats = answers.reduce((sum, { body }) => sum + body.seats, 0);
    await soon(async () => {
      const { confirmed, waitlisted } = await availability(stop);
      expect(confirmed + waitlisted).toBe(seats);
      expect(confirmed).toBeLessThanOrEqual(11);
    });
    const list = await must(organizer.get(`/v1/stops/${stop.id}/registrations?limit=200&status=waitlisted`));
    const positions = list.items.map((one: { waitlistPosition: number }) => one.waitlistPosition);
    expect(positions.toSorted((x: number, y: number) => x - y)).toEqual(
      positions.map((_: number, index: number) => index + 1),
    );
  });
});

describe('at the door', () => {
  it('badges are scanned once, re-sent scans keep the earliest time', async () => {
    // Within a day of its start: earlier scans count as now.
    const stop = await publishedStop(organizer, {
      startsAt: inDays(0, 12),
      endsAt: inDays(0, 20),
      registration: { closesAt: inDays(0, 11) },
    });
    const other = await publishedStop(organizer);
    const made = await must(register(stop, 0, 2));
    const { apiKey } = await must(
      organizer.post('/v1/api-keys', { role: 'staff', stopId: stop.id, label: 'door' }),
    );
    const door = anyone.with(apiKey);
    const [first] = made.delegates;
    const path = `/v1/stops/${stop.id}/check-ins`;
    const at = (minutes: number) =>
      new Date(Math.floor(Date.now() / 1_000) * 1_000 + minutes * 60_000).toISOString();
    const scan = await must(door.post(path, { badge: first.badge, at: at(4) }));
    expect(scan).toMatchObject({
      delegate: { id: first.id, name: first.name },
      company: { id: companies[0]?.id },
      repeated: false,
    });
    // Scans from before the registration count as now, so both of these lie a little ahead.
    const earlier = at(2);
    const again = await must(door.post(path, { badge: first.badge, at: earlier }));
    expect([again.repeated, Date.parse(again.checkedInAt)]).toEqual([true, Date.parse(earlier)]);
    expect((await door.post(path, { badge: first.badge, at: at(6) })).status).toBe(422);
    expect((await door.post(path, { badge: 'nobody' })).body.code).toBe('badge.unknown');
    expect((await organizer.post(`/v1/stops/${other.id}/check-ins`, { badge: first.badge })).body.code).toBe(
      'badge.wrong_stop',
    );
    expect((await door.post(`/v1/stops/${other.id}/check-ins`, { badge: first.badge })).status).toBe(404);
    expect(await must(door.get(`/v1/stops/${stop.id}/attendance`))).toMatchObject({
      expected: 2,
      checkedIn: 1,
      noShows: 1,
    });
    const badge = await company(0).get(`/v1/registrations/${made.id}/delegates/${first.id}/badge.svg`);
    expect([badge.headers.get('content-type'), badge.body.slice(0, 4)]).toEqual([
      expect.stringMatching(/^image\/svg/),
      '<svg',
    ]);
  });
});

describe('exports', () => {
  it('hold one row a delegate, and no cell that runs', async () => {
    const stop = await publishedStop(organizer);
    const hostile = [{ name: '=HYPERLINK("x")', email: 'evil@example.com', jobTitle: '+1' }];
    await must(
      company(0).post(`/v1/stops/${stop.id}/registrations`, { delegates: [...hostile, ...delegates(1)] }),
    );
    const response = await fetch(`${system.url}/v1/stops/${stop.id}/registrations.csv`, {
      headers: { authorization: `Bearer ${system.organizerKey}` },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.toString('utf8').trim().split(/\r?\n/);
    expect(lines).toHaveLength(3);
    expect(bytes.toString('utf8')).toContain(`'=HYPERLINK`);
    const xlsx = await organizer.get(`/v1/stops/${stop.id}/registrations.xlsx`);
    expect([xlsx.status, xlsx.body.slice(0, 2)]).toEqual([200, 'PK']);
    expect((await company(0).get(`/v1/stops/${stop.id}/registrations.csv`)).status).toBe(403);
  });
});

describe('sign-ups', () => {
  it('go to confirmed delegates, whole or not at all, within the room', async () => {
    const stop = await publishedStop(organizer);
    const made = await must(register(stop, 0, 3));
    const ids = made.delegates.map((one: { id: string }) => one.id);
    const talks = [];
    for (const [room, hours] of [
      [1, 0],
      [0, 0.25],
      [0, 2],
    ] as const) {
      const talk = await must(organizer.post(`/v1/stops/${stop.id}/sessions`, aSession()));
      const place = { roomId: stop.rooms[room].id, startsAt: inDays(30, hours) };
      talks.push(await must(organizer.post(`/v1/sessions/${talk.id}/schedule`, place)));
    }
    const [small, overlapping, later] = talks.map((talk) => `/v1/sessions/${talk.id}/signups`) as [
      string,
      string,
      string,
    ];
    expect((await company(0).post(small, { delegateIds: ids })).body.code).toBe('session.full');
    const taken = await company(0).post(small, { delegateIds: ids.slice(0, 2) });
    expect([taken.status, taken.body]).toEqual([201, { seats: { total: 2, taken: 2 } }]);
    expect((await company(0).post(small, { delegateIds: ids.slice(0, 1) })).body.seats.taken).toBe(2);
    expect((await company(0).post(overlapping, { delegateIds: ids })).body.code).toBe('signup.overlap');
    expect((await company(0).post(overlapping, { delegateIds: ids.slice(2) })).status).toBe(201);
    expect((await company(0).post(later, { delegateIds: ids })).status).toBe(201);
    const waiting = await publishedStop(organizer, { capacity: 1 });
    const foreign = await must(register(waiting, 1, 1));
    expect((await company(1).post(later, { delegateIds: [foreign.delegates[0].id] })).body.code).toBe(
      'signup.not_confirmed',
    );
    const moved = { roomId: stop.rooms[1].id, startsAt: inDays(30, 2) };
    await must(organizer.post(`/v1/sessions/${talks[0].id}/schedule`, moved));
    const list = await must(organizer.get(later));
    expect(list.items.filter((one: { overlap: boolean }) => one.overlap)).toHaveLength(2);
    expect((await company(0).delete(`${later}/${ids[0]}`)).status).toBe(204);
    await must(company(0).post(`/v1/registrations/${made.id}/cancel`));
    expect(await must(organizer.get(later))).toMatchObject({ items: [], seats: { total: 5, taken: 0 } });
  });
});
