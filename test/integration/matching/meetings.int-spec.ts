import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { parseString } from 'fast-csv';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inSomeTry, soon } from '#service/testing/patience';
import {
  acceptMeeting,
  acceptPlan,
  auditLists,
  cancelMeeting,
  checkInMeeting,
  declineMeeting,
  exportListings,
  exportListingsCsv,
  exportMeetings,
  exportMeetingsCsv,
  exportMeetingsXlsx,
  getMeeting,
  getMeetingAttendance,
  getMeetingRules,
  getPlan,
  listMeetings,
  matchingCatchUpOnStop,
  recordMeetingAttendance,
  registrationChanged,
  requestMeeting,
  scheduleMeeting,
  setInterest,
  setMeetingAttendance,
  setMeetingDelegate,
  setMeetingRules,
  sessionChanged,
  signUpsChanged,
  startMeetingPlan,
  suggestPartners,
  unscheduleMeeting,
  withdrawMeeting,
  type Meeting,
  type SessionState,
  type StopState,
} from '../../../libs/contracts/src/index.js';
import { ElsewhereRepository } from '../../../apps/matching/src/elsewhere/elsewhere.repository.js';
import { ConsentRepository } from '../../../apps/matching/src/meetings/consent.repository.js';
import type { ComersService } from '../../../apps/matching/src/meetings/comers.service.js';
import { ConsentErasureJob } from '../../../apps/matching/src/personal-data/consent-erasure-job.service.js';
import type { AdvisoryLocks } from '../../../libs/persistence/src/index.js';
import { createLogger, metrics } from '../../../libs/service/src/index.js';
import { publishState } from '../notifications/published-events.js';
import { Market, type Company } from './market.js';

let market: Market;
const consent = { textVersion: '2026-11' };

beforeAll(async () => {
  market = await Market.start();
});
afterAll(() => market.end());

const ask: Market['service']['ask'] = (contract, input, caller, more) =>
  market.service.ask(contract, input, caller, more);
const refused: Market['service']['refusal'] = (contract, input, caller, more) =>
  market.service.refusal(contract, input, caller, more);

/** A stop whose meetings are open: slots of 20 minutes every half hour, so many tables. */
async function openStop(over: object = {}, change: Partial<StopState> = {}): Promise<StopState> {
  const stop = market.stop(change);
  await ask(setMeetingRules, { stopId: stop.id, body: { ...rulesOf(stop), ...over } }, market.organizer);
  return stop;
}
const rulesOf = (stop: StopState) => ({
  scheduling: 'organizer' as const,
  slots: { from: stop.startsAt, to: stop.endsAt, minutes: 20, breakMinutes: 10 },
  tables: 2,
  opensAt: '2026-11-01T00:00:00Z',
  closesAt: stop.endsAt,
});
const request = (stop: StopState, asker: Company, asked: Company, more: object = {}) =>
  ask(requestMeeting, { stopId: stop.id, body: { companyId: asked.id, ...more } }, asker.caller);
async function accepted(stop: StopState, asker: Company, asked: Company): Promise<Meeting> {
  const { id } = await request(stop, asker, asked);
  const delegateId = market.delegateOf(asked, stop);
  return ask(acceptMeeting, { id, body: { delegateId, consent } }, asked.caller);
}
const schedule = (meeting: Meeting, startsAt: string, tableNo?: number) =>
  ask(scheduleMeeting, { id: meeting.id, body: { startsAt, tableNo } }, market.organizer);
const slot = (stop: StopState, at: number) =>
  new Date(Date.parse(stop.startsAt) + at * 30 * 60_000).toISOString().replace('.000Z', 'Z');
async function catchUp(stop: StopState): Promise<void> {
  market.stops.set(stop.id, stop);
  const input = { id: stop.id, version: stop.version };
  await ask(matchingCatchUpOnStop, input, { role: 'admin', keyId: null });
}
/** A session of half an hour. */
const sessionOf = (stop: StopState, at: number): SessionState => ({
  sessionId: randomUUID(),
  stopId: stop.id,
  organizationId: market.organizationId,
  companyId: null,
  status: 'scheduled',
  roomId: null,
  startsAt: slot(stop, at),
  endsAt: slot(stop, at + 1),
  version: 1,
});
const tell = (session: SessionState) =>
  publishState(market.service.broker, sessionChanged, session.sessionId, session);
const companies = (stop: StopState, count: number, delegates = 1) =>
  Array.from({ length: count }, () => market.company([stop], delegates));
const two = (stop: StopState) => companies(stop, 2) as [Company, Company];

describe('meeting rules', () => {
  it('are set by the organizer and read by all', async () => {
    const stop = market.stop();
    const somebody = { role: 'public' as const, keyId: null };
    expect(await refused(getMeetingRules, { stopId: stop.id }, somebody)).toMatchObject({
      code: 'resource.not_found',
    });
    const body = rulesOf(stop);
    const rules = await ask(setMeetingRules, { stopId: stop.id, body }, market.organizer);
    expect(rules).toMatchObject({ ...body, requestQuota: 10, expiresHours: 72, version: 1 });
    expect(rules.starts).toHaveLength(16);
    expect(await ask(getMeetingRules, { stopId: stop.id }, somebody)).toEqual(rules);
    const late = { ...body, closesAt: '2037-01-17T00:00:00Z' };
    expect(await refused(setMeetingRules, { stopId: stop.id, body: late }, market.organizer)).toMatchObject({
      code: 'request.invalid',
    });
  });

  it('can’t take a scheduled meeting its slot or table', async () => {
    const stop = await openStop();
    const [a, b] = two(stop);
    await schedule(await accepted(stop, a, b), slot(stop, 1), 2);
    const change = (over: object) => ({ stopId: stop.id, body: { ...rulesOf(stop), ...over } });
    for (const over of [
      { tables: 1 },
      { slots: { minutes: 20, starts: [slot(stop, 0)] } },
      { slots: { minutes: 25, starts: [slot(stop, 1)] } },
    ])
      expect(await refused(setMeetingRules, change(over), market.organizer)).toMatchObject({
        code: 'meeting.slots_in_use',
      });
    const fits = { slots: { minutes: 20, starts: [slot(stop, 1)] } };
    expect((await ask(setMeetingRules, change(fits), market.organizer)).starts).toEqual([slot(stop, 1)]);
  });
});

describe('a meeting', () => {
  it('is requested, accepted, scheduled, and discloses by consent of both alone', async () => {
    const stop = await openStop();
    const [a, b] = two(stop);
    const asked = await request(stop, a, b, { message: '想了解语料' });
    expect(asked).toMatchObject({
      status: 'requested',
      askerId: a.id,
      askedId: b.id,
      delegates: { asker: null },
    });
    const delegateId = market.delegateOf(b, stop);
    const body = { delegateId };
    expect(await refused(acceptMeeting, { id: asked.id, body }, b.caller)).toMatchObject({
      code: 'consent.required',
    });
    expect(
      await refused(acceptMeeting, { id: asked.id, body: { ...body, consent } }, a.caller),
    ).toMatchObject({
      code: 'auth.forbidden',
    });
    await ask(acceptMeeting, { id: asked.id, body: { ...body, consent } }, b.caller);
    const hidden = { id: delegateId, name: null, jobTitle: null, email: null, mobile: null };
    expect((await ask(getMeeting, { id: asked.id }, a.caller)).delegates.asked).toEqual(hidden);
    const own = market.delegateOf(a, stop);
    await ask(setMeetingDelegate, { id: asked.id, body: { delegateId: own, consent } }, a.caller);
    const seen = await ask(getMeeting, { id: asked.id }, a.caller);
    expect(seen.delegates.asked).toMatchObject({ id: delegateId, email: `${delegateId}@example.com` });
    const { items } = await ask(listMeetings, { stopId: stop.id }, a.caller);
    expect(items[0]?.delegates.asked).toEqual(hidden);
    expect((await ask(getMeeting, { id: asked.id }, market.organizer)).delegates.asked).toEqual(hidden);
    const lines = await ask(
      auditLists.matching,
      { resourceType: 'meeting', resourceId: asked.id },
      market.organizer,
    );
    expect(lines.items.filter(({ action }) => action === 'meeting.disclose')).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('@example.com');
    expect(await schedule(asked, slot(stop, 0))).toMatchObject({ status: 'scheduled', tableNo: 1 });
    await ask(cancelMeeting, { id: asked.id }, b.caller);
    expect((await ask(getMeeting, { id: asked.id }, a.caller)).delegates.asked).toEqual(hidden);
  });

  it('asks a substitute for a consent of its own', async () => {
    const stop = await openStop();
    const [a, b] = two(stop);
    const { id } = await accepted(stop, a, b);
    await ask(
      setMeetingDelegate,
      { id, body: { delegateId: market.delegateOf(a, stop), consent } },
      a.caller,
    );
    expect((await ask(getMeeting, { id }, a.caller)).delegates.asked?.email).not.toBeNull();
    const delegateId = market.delegateOf(b, stop);
    const contact = market.contacts.get(delegateId);
    if (contact !== undefined)
      market.contacts.set(delegateId, { ...contact, email: 'new@example.com', personKey: 'new' });
    expect((await ask(getMeeting, { id }, a.caller)).delegates.asked?.email).toBeNull();
  });

  it('keeps contacts out of every row, event, log and metric, before both agreed and after', async () => {
    const contact = /@example\.com|13800138000/;
    const events: string[] = [];
    const heard = market.service.broker.connection.subscribe('evt.matching.>', {
      callback: (_error, message) => {
        events.push(message.string());
      },
    });
    const stop = await openStop();
    const [a, b] = two(stop);
    const looked = async () => {
      const tables: { name: string }[] = await market.service.rows.query(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
      );
      expect(tables.length).toBeGreaterThan(10);
      for (const { name } of tables) {
        const rows: unknown[] = await market.service.rows.query(`SELECT * FROM ${name}`);
        expect([name, contact.exec(JSON.stringify(rows))]).toEqual([name, null]);
      }
      expect(await metrics.metrics()).not.toMatch(contact);
      expect(market.logged.length).toBeGreaterThan(0);
      expect(market.logged.join()).not.toMatch(contact);
    };
    const planted = { stopId: stop.id, body: { companyId: b.id, message: '13800138000' } };
    expect((await refused(requestMeeting, planted, a.caller)).code).toBe('listing.personal_data');
    const { id } = await request(stop, a, b, { message: '想聊聊语音数据' });
    const body = { delegateId: market.delegateOf(a, stop), consent };
    await ask(setMeetingDelegate, { id, body }, a.caller);
    await looked();
    const yes = { delegateId: market.delegateOf(b, stop), consent };
    const meeting = await ask(acceptMeeting, { id, body: yes }, b.caller);
    await schedule(meeting, slot(stop, 0));
    // Whoever looks is disclosed to, and leaves nothing of what was seen.
    expect((await ask(getMeeting, { id }, a.caller)).delegates.asked?.email).toMatch(contact);
    await looked();
    await soon(() => expect(events.filter((text) => text.includes(id)).length).toBeGreaterThanOrEqual(4));
    expect(events.join()).not.toMatch(contact);
    heard.unsubscribe();
  });

  it('is refused where it can’t be', async () => {
    const stop = await openStop({ requestQuota: 1 });
    const [a, b, c] = companies(stop, 3) as [Company, Company, Company];
    const stranger = market.company([]);
    const to = (companyId: string, more: object = {}) => ({ stopId: stop.id, body: { companyId, ...more } });
    expect(await refused(requestMeeting, to(b.id), stranger.caller)).toMatchObject({
      code: 'meeting.not_attending',
    });
    expect(await refused(requestMeeting, to(a.id), a.caller)).toMatchObject({ code: 'request.invalid' });
    expect(await refused(requestMeeting, to(stranger.id), a.caller)).toMatchObject({
      code: 'meeting.closed',
    });
    expect(await refused(requestMeeting, to(b.id, { message: '电话 13800138000' }), a.caller)).toMatchObject({
      code: 'listing.personal_data',
    });
    const { id } = await request(stop, a, b);
    expect(await refused(requestMeeting, to(b.id), a.caller)).toMatchObject({ code: 'meeting.duplicate' });
    expect(await refused(requestMeeting, to(a.id), b.caller)).toMatchObject({ code: 'meeting.duplicate' });
    expect(await refused(requestMeeting, to(c.id), a.caller)).toMatchObject({
      code: 'meeting.quota_reached',
    });
    await ask(declineMeeting, { id }, b.caller);
    expect(await refused(requestMeeting, to(b.id), a.caller)).toMatchObject({ code: 'meeting.unwanted' });
    await ask(withdrawMeeting, { id: (await request(stop, a, c)).id }, a.caller);
    const closed = market.stop();
    const d = market.company([closed]);
    expect(
      await refused(
        requestMeeting,
        { stopId: closed.id, body: { companyId: d.id } },
        market.company([closed]).caller,
      ),
    ).toMatchObject({ code: 'meeting.closed' });
  });

  it('follows interests: two musts are a yes, a no is never disclosed', async () => {
    const stop = await openStop();
    const [a, b] = two(stop);
    const say = (who: Company, to: Company, level: 'must' | 'no') =>
      ask(setInterest, { tourId: market.tourId, companyId: to.id, body: { level } }, who.caller);
    await say(a, b, 'must');
    await say(b, a, 'must');
    expect((await request(stop, a, b)).status).toBe('accepted');
    const [c, d] = two(stop);
    await say(d, c, 'no');
    const asked = await request(stop, c, d);
    expect(asked.status).toBe('requested');
    expect(await refused(getMeeting, { id: asked.id }, d.caller)).toMatchObject({
      code: 'resource.not_found',
    });
    expect((await ask(listMeetings, { stopId: stop.id }, d.caller)).items).toEqual([]);
    expect(
      await refused(requestMeeting, { stopId: stop.id, body: { companyId: c.id } }, d.caller),
    ).toMatchObject({ code: 'meeting.unwanted' });
  });

  it('takes no table, person, limit or slot that is not there', async () => {
    const stop = await openStop();
    const [a, b, c, d] = companies(stop, 4) as [Company, Company, Company, Company];
    const [first, second, third] = [
      await accepted(stop, a, b),
      await accepted(stop, c, d),
      await accepted(stop, a, c),
    ];
    await schedule(first, slot(stop, 0), 1);
    const to = (meeting: Meeting, startsAt: string, tableNo?: number) =>
      refused(scheduleMeeting, { id: meeting.id, body: { startsAt, tableNo } }, market.organizer);
    expect(await to(second, slot(stop, 0), 1)).toMatchObject({ code: 'meeting.table_conflict' });
    expect(await to(second, slot(stop, 0), 3)).toMatchObject({ code: 'meeting.outside_slots' });
    expect(await to(second, '2037-01-16T01:05:00Z')).toMatchObject({ code: 'meeting.outside_slots' });
    expect(await to(third, slot(stop, 0))).toMatchObject({ code: 'meeting.person_conflict' });
    expect((await schedule(second, slot(stop, 0))).tableNo).toBe(2);
    const said = {
      delegateIds: [market.delegateOf(a, stop)],
      unavailable: [{ from: slot(stop, 2), to: slot(stop, 3) }],
      maxMeetings: 1,
    };
    await ask(setMeetingAttendance, { stopId: stop.id, body: said }, a.caller);
    expect(await ask(getMeetingAttendance, { stopId: stop.id }, a.caller)).toEqual({
      companyId: a.id,
      ...said,
    });
    expect(await to(third, slot(stop, 2))).toMatchObject({ code: 'meeting.person_conflict' });
    expect(await to(third, slot(stop, 4))).toMatchObject({ code: 'meeting.limit_reached' });
    await ask(unscheduleMeeting, { id: first.id }, market.organizer);
    expect((await schedule(third, slot(stop, 4))).status).toBe('scheduled');
    expect(
      await refused(scheduleMeeting, { id: first.id, body: { startsAt: slot(stop, 0) } }, a.caller),
    ).toMatchObject({ code: 'auth.forbidden' });
  });

  it('is not where its people are in sessions', async () => {
    const stop = await openStop();
    const [a, b] = two(stop);
    const meeting = await accepted(stop, a, b);
    const delegation = market.delegations.find(
      ({ companyId, stopId }) => companyId === a.id && stopId === stop.id,
    );
    delegation?.delegates[0]?.taken.push({ sessionId: randomUUID(), from: slot(stop, 0), to: slot(stop, 1) });
    market.speaking.push({
      stopId: stop.id,
      email: `${market.delegateOf(b, stop)}@example.com`,
      startsAt: slot(stop, 1),
      endsAt: slot(stop, 2),
    });
    for (const at of [0, 1])
      expect(
        await refused(
          scheduleMeeting,
          { id: meeting.id, body: { startsAt: slot(stop, at) } },
          market.organizer,
        ),
      ).toMatchObject({ code: 'meeting.person_conflict' });
    expect((await schedule(meeting, slot(stop, 2))).status).toBe('scheduled');
  });

  it('was held or missed, said by hand or by badges', async () => {
    const startsAt = new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+Z/, 'Z');
    const endsAt = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z/, 'Z');
    const stop = await openStop({}, { startsAt, endsAt });
    const [a, b] = two(stop);
    const meeting = await schedule(await accepted(stop, a, b), slot(stop, 1));
    const staff = { ...market.staff, stopId: stop.id };
    const said = (body: { held: true } | { missed: 'asked' }) =>
      ask(recordMeetingAttendance, { id: meeting.id, body }, staff);
    expect(await said({ missed: 'asked' })).toMatchObject({ status: 'missed', missed: 'asked' });
    for (const [company, status] of [
      [a, 'missed'],
      [b, 'held'],
    ] as const) {
      const badge = market.delegateOf(company, stop);
      expect((await ask(checkInMeeting, { stopId: stop.id, body: { badge } }, staff)).status).toBe(status);
    }
    market.outcomes.add(meeting.id);
    const again = { id: meeting.id, body: { missed: 'asked' as const } };
    expect(await refused(recordMeetingAttendance, again, staff)).toMatchObject({
      code: 'meeting.invalid_transition',
    });
    const later = await openStop();
    const [c, d] = two(later);
    const early = await schedule(await accepted(later, c, d), slot(later, 0));
    expect(
      await refused(recordMeetingAttendance, { id: early.id, body: { held: true } }, market.organizer),
    ).toMatchObject({ code: 'meeting.too_early' });
  });

  it('is history once its stop has ended, by the clock and whatever the stop’s status', async () => {
    const nowMs = Date.now();
    const hours = (count: number) => new Date(nowMs + count * 3_600_000).toISOString();
    const stop = await openStop({}, { startsAt: hours(-8), endsAt: hours(1) });
    const [a, b] = two(stop);
    const { id } = await schedule(await accepted(stop, a, b), slot(stop, 1));
    const { id: planId } = await ask(
      startMeetingPlan,
      { stopId: stop.id, body: { seconds: 0, steps: 1 } },
      market.organizer,
    );
    await soon(async () =>
      expect(await ask(getPlan, { id: planId }, market.organizer)).toMatchObject({ status: 'ready' }),
    );
    await market.service.rows.query(
      `UPDATE stops SET state = state || jsonb_build_object('endsAt', $2::text) WHERE id = $1`,
      [stop.id, hours(-0.01)],
    );
    const delegateId = market.delegateOf(a, stop);
    const company = [
      refused(setMeetingAttendance, { stopId: stop.id, body: { delegateIds: [delegateId] } }, a.caller),
      refused(setMeetingDelegate, { id, body: { delegateId, consent } }, a.caller),
      refused(cancelMeeting, { id }, a.caller),
    ];
    const organizer = [
      refused(setMeetingRules, { stopId: stop.id, body: rulesOf(stop) }, market.organizer),
      refused(scheduleMeeting, { id, body: { startsAt: slot(stop, 2) } }, market.organizer),
      refused(unscheduleMeeting, { id }, market.organizer),
      refused(cancelMeeting, { id }, market.organizer),
      refused(startMeetingPlan, { stopId: stop.id, body: {} }, market.organizer),
      refused(acceptPlan, { id: planId, body: {} }, market.organizer),
    ];
    expect((await Promise.all(company)).map(({ code }) => code)).toEqual([
      'meeting.closed',
      'meeting.invalid_transition',
      'meeting.invalid_transition',
    ]);
    expect((await Promise.all(organizer)).map(({ code }) => code)).toEqual([
      'meeting.closed',
      'meeting.invalid_transition',
      'meeting.invalid_transition',
      'meeting.invalid_transition',
      'plan.nothing_to_place',
      'plan.stale',
    ]);
    const held = { id, body: { held: true as const } };
    expect((await ask(recordMeetingAttendance, held, market.organizer)).status).toBe('held');
  });

  it('moves with its stop, gives way where its slot is gone, and ends with it', async () => {
    const stop = await openStop();
    const [a, b, c, d] = companies(stop, 4) as [Company, Company, Company, Company];
    const first = await schedule(await accepted(stop, a, b), slot(stop, 0));
    const next = await schedule(await accepted(stop, c, d), slot(stop, 1));
    const last = await schedule(await accepted(stop, a, c), slot(stop, 15));
    const moved = {
      ...stop,
      startsAt: slot(stop, 1),
      endsAt: slot(stop, 10),
      moves: [{ fromStartsAt: stop.startsAt, toStartsAt: slot(stop, 1), reason: null }],
      version: 3,
    };
    await catchUp(moved);
    const look = (meeting: Meeting) => ask(getMeeting, { id: meeting.id }, market.organizer);
    expect(await look(first)).toMatchObject({ status: 'scheduled', startsAt: slot(stop, 1), tableNo: 1 });
    expect(await look(next)).toMatchObject({ status: 'scheduled', startsAt: slot(stop, 2) });
    expect(await look(last)).toMatchObject({
      status: 'accepted',
      startsAt: null,
      reason: expect.stringContaining('slot'),
    });
    expect((await ask(getMeetingRules, { stopId: stop.id }, market.organizer)).starts[0]).toBe(slot(stop, 1));
    const open = await request(stop, a, d);
    await catchUp({ ...moved, status: 'cancelled', version: 4 });
    expect((await look(first)).status).toBe('cancelled');
    expect((await look(open)).status).toBe('withdrawn');
  });

  /** A day of two sessions and a meeting between them, and the same day an hour later. */
  async function fullDay() {
    const stop = await openStop();
    const [a, b] = two(stop);
    const meeting = await schedule(await accepted(stop, a, b), slot(stop, 2));
    const sessions = [1, 3].map((at) => ({ ...sessionOf(stop, at), movesFollowed: 0 }));
    const registrationId = randomUUID();
    const delegateIds = [market.delegateOf(a, stop)];
    const signUps = sessions.map(({ sessionId }) => ({ sessionId, delegateIds }));
    for (const session of sessions) await tell(session);
    const state = { registrationId, stopId: stop.id, companyId: a.id, signUps, version: 1 };
    await publishState(market.service.broker, signUpsChanged, registrationId, state);
    await soon(async () =>
      expect(await bookedElsewhere(delegateIds)).toEqual([slot(stop, 1), slot(stop, 3)]),
    );
    const toStartsAt = slot(stop, 2);
    const moves = [{ fromStartsAt: stop.startsAt, toStartsAt, reason: null }];
    const moved = { ...stop, startsAt: toStartsAt, endsAt: slot(stop, 16), moves, version: 3 };
    const later = sessions.map((session, at) => ({
      ...session,
      startsAt: slot(stop, 3 + 2 * at),
      endsAt: slot(stop, 4 + 2 * at),
      movesFollowed: 1,
      version: 3,
    }));
    return { stop, meeting, delegateIds, sessions, moved, later };
  }
  async function bookedElsewhere(delegateIds: readonly string[]): Promise<string[]> {
    const rows: { from: Date }[] = await market.service.rows.query(
      `SELECT lower(during) AS "from" FROM bookings WHERE kind = 'elsewhere' AND person_id = ANY ($1) ORDER BY 1`,
      [delegateIds],
    );
    return rows.map(({ from }) => from.toISOString().replace('.000Z', 'Z'));
  }
  type Day = Awaited<ReturnType<typeof fullDay>>;

  it.each<[string, (day: Day) => Promise<unknown>]>([
    ['the stop comes first', ({ moved }) => catchUp(moved)],
    [
      'the sessions come first',
      async ({ moved, later }) => {
        market.stops.set(moved.id, moved);
        for (const session of later) await tell(session);
      },
    ],
    [
      'an earlier change of a session comes late',
      async ({ moved, sessions }) => {
        await catchUp(moved);
        for (const session of sessions) await tell({ ...session, version: 2 });
      },
    ],
  ])('keeps its place between sessions that move with the stop: %s', async (_order, move) => {
    const day = await fullDay();
    await move(day);
    for (const session of day.later) await tell(session);
    const versions = `SELECT version FROM sessions WHERE stop_id = $1`;
    await soon(async () =>
      expect(await market.service.rows.query(versions, [day.stop.id])).toEqual([
        { version: 3 },
        { version: 3 },
      ]),
    );
    expect(await bookedElsewhere(day.delegateIds)).toEqual([slot(day.stop, 3), slot(day.stop, 5)]);
    expect(await ask(getMeeting, { id: day.meeting.id }, market.organizer)).toMatchObject({
      status: 'scheduled',
      startsAt: slot(day.stop, 4),
    });
  });

  it('that took place stays, where its running stop is rescheduled or its people sign up', async () => {
    const startsAt = new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+Z/, 'Z');
    const endsAt = new Date(Date.now() + 5 * 3_600_000).toISOString().replace(/\.\d+Z/, 'Z');
    const stop = await openStop({}, { startsAt, endsAt });
    const [a, b, c, d, e] = companies(stop, 5) as [Company, Company, Company, Company, Company];
    const past = await schedule(await accepted(stop, a, b), slot(stop, 1), 1);
    await ask(recordMeetingAttendance, { id: past.id, body: { held: true } }, market.organizer);
    const behindTable = await schedule(await accepted(stop, c, d), slot(stop, 2), 1);
    const behindPerson = await schedule(await accepted(stop, e, b), slot(stop, 2), 2);
    const free = await schedule(await accepted(stop, c, e), slot(stop, 3), 1);

    const sessionId = randomUUID();
    await tell({ ...sessionOf(stop, 1), sessionId });
    const registrationId = randomUUID();
    const signUps = [{ sessionId, delegateIds: [market.delegateOf(a, stop)] }];
    const state = { registrationId, stopId: stop.id, companyId: a.id, signUps, version: 1 };
    await publishState(market.service.broker, signUpsChanged, registrationId, state);
    const known = `SELECT 1 FROM sign_ups, sessions WHERE registration_id = $1 AND id = $2`;
    await soon(async () =>
      expect(await market.service.rows.query(known, [registrationId, sessionId])).toHaveLength(1),
    );

    const earlier = new Date(Date.parse(stop.startsAt) - 30 * 60_000).toISOString().replace('.000Z', 'Z');
    const moves = [{ fromStartsAt: stop.startsAt, toStartsAt: earlier, reason: null }];
    await catchUp({ ...stop, startsAt: earlier, moves, version: 3 });
    const look = ({ id }: Meeting) => ask(getMeeting, { id }, market.organizer);
    expect(await look(past)).toMatchObject({ status: 'held', startsAt: slot(stop, 1), tableNo: 1 });
    expect(await look(free)).toMatchObject({ status: 'scheduled', startsAt: slot(stop, 2), tableNo: 1 });
    for (const meeting of [behindTable, behindPerson])
      expect(await look(meeting)).toMatchObject({
        status: 'accepted',
        reason: expect.stringContaining('took place'),
      });
    const { starts } = await ask(getMeetingRules, { stopId: stop.id }, market.organizer);
    expect(starts[0]).toBe(earlier);
    const body = { ...rulesOf(stop), slots: { minutes: 20, starts: [slot(stop, 2), slot(stop, 4)] } };
    await ask(setMeetingRules, { stopId: stop.id, body }, market.organizer);
    expect((await look(past)).startsAt).toBe(slot(stop, 1));
  });

  it('that found no place is offered again at the next stop', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const stop = await openStop(
      {
        slots: { minutes: 5, starts: ['2026-11-01T00:00:00Z'] },
        closesAt: tomorrow,
        opensAt: '2026-10-01T00:00:00Z',
      },
      { startsAt: '2026-11-01T00:00:00Z', endsAt: tomorrow },
    );
    const next = market.stop();
    const [a, b] = Array.from({ length: 2 }, () => market.company([stop, next])) as [Company, Company];
    const meeting = await accepted(stop, a, b);
    await market.listing(a, { side: 'need' });
    await market.listing(b);
    // Nobody publishes events here, so that the company is known at the next stop by asking alone.
    await ask(getMeetingAttendance, { stopId: next.id }, b.caller);
    await market.service.rows.query(
      `UPDATE stops SET state = jsonb_set(state::jsonb, '{endsAt}', to_jsonb($2::text)) WHERE id = $1`,
      [stop.id, new Date(Date.now() - 1_000).toISOString()],
    );
    expect((await ask(getMeeting, { id: meeting.id }, a.caller)).status).toBe('unplaced');
    // The job that writes it down runs every five seconds.
    for (let parts: string[] = []; !parts.includes('carried');) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      const { items } = await ask(suggestPartners, { stopId: next.id }, a.caller);
      parts = items[0]?.parts.map(({ part }) => part) ?? [];
    }
  });
});

describe('what registrations says, many at once', () => {
  const registration = (companyId: string, stop: StopState, status: string, version: number) => {
    const registrationId = market.delegations.find(
      (one) => one.companyId === companyId && one.stopId === stop.id,
    )?.registrationId;
    const state = { seats: 1, registrationId, stopId: stop.id, companyId, status, version };
    return publishState(market.service.broker, registrationChanged, registrationId ?? '', state);
  };
  const statuses = async (stop: StopState) => {
    const { items } = await ask(listMeetings, { stopId: stop.id }, market.organizer);
    return items.map(({ status }) => status).sort();
  };

  it('ends the meetings of companies that come no more, of them alone', async () => {
    const stop = await openStop();
    const all = companies(stop, 9);
    const [host, ...others] = all;
    if (host === undefined) throw new Error('There is a host.');
    for (const other of others) await accepted(stop, other, host);
    await Promise.all(others.slice(2).map(({ id }) => registration(id, stop, 'cancelled', 3)));
    const ended = Array.from({ length: 6 }, () => 'cancelled');
    await soon(async () => expect(await statuses(stop)).toEqual(['accepted', 'accepted', ...ended]));
    // What is older than the known state changes nothing, and neither does a second delivery.
    await registration(others[2]?.id ?? '', stop, 'confirmed', 2);
    await registration(others[3]?.id ?? '', stop, 'cancelled', 3);
    await registration(others[1]?.id ?? '', stop, 'cancelled', 3);
    await soon(async () => expect(await statuses(stop)).toEqual(['accepted', ...ended, 'cancelled']));
    const known: { live: boolean }[] = await market.service.rows.query(
      'SELECT live FROM delegations WHERE company_id = $1',
      [others[2]?.id],
    );
    expect(known).toEqual([{ live: false }]);
  });

  it('takes meetings their places where sign-ups need the time', async () => {
    const stop = await openStop({ tables: 20 });
    const pairs = Array.from({ length: 6 }, () => two(stop));
    for (const [a, b] of pairs) await schedule(await accepted(stop, a, b), slot(stop, 2));
    const sessionId = randomUUID();
    const session = { ...sessionOf(stop, 2), sessionId };
    await publishState(market.service.broker, sessionChanged, sessionId, session);
    const sessions = 'SELECT 1 FROM sessions WHERE id = $1';
    await soon(async () => expect(await market.service.rows.query(sessions, [sessionId])).toHaveLength(1));
    const signUp = async ([a]: [Company, Company], version: number, signedUp: boolean) => {
      const registrationId = randomUUID();
      await publishState(market.service.broker, signUpsChanged, registrationId, {
        registrationId,
        stopId: stop.id,
        companyId: a.id,
        signUps: signedUp ? [{ sessionId, delegateIds: [market.delegateOf(a, stop)] }] : [],
        version,
      });
    };
    await Promise.all(pairs.map((pair, at) => signUp(pair, 1, at < 4)));
    const gaveWay = Array.from({ length: 4 }, () => 'accepted');
    await soon(async () => expect(await statuses(stop)).toEqual([...gaveWay, 'scheduled', 'scheduled']));
    const { items } = await ask(listMeetings, { stopId: stop.id, status: ['accepted'] }, market.organizer);
    expect(new Set(items.map(({ reason }) => reason))).toEqual(
      new Set(['A delegate signed up for a session at this time.']),
    );
  });

  it('takes them their places where sessions of an imported programme need the time', async () => {
    const stop = await openStop({ tables: 20 });
    const pairs = Array.from({ length: 4 }, () => two(stop));
    for (const [at, [a, b]] of pairs.entries()) await schedule(await accepted(stop, a, b), slot(stop, at));
    const [speaks, signsUp] = pairs.map(([a]) => market.delegateOf(a, stop)) as [string, string];
    const talk = (at: number, version = 1) => ({
      sessionId: randomUUID(),
      stopId: stop.id,
      organizationId: market.organizationId,
      companyId: null,
      status: 'scheduled',
      roomId: null,
      startsAt: slot(stop, at),
      endsAt: slot(stop, at + 1),
      version,
    });
    // The first speaks at its meeting's time, the second signed up for a talk before anybody knew when it would be, and
    // the third speaks as well, in a talk that lost its place before all this arrived.
    const [spoken, heard, lost] = [talk(0), talk(1), talk(2)];
    market.speakers.set(spoken.sessionId, [`${speaks}@example.com`.toUpperCase()]);
    const third = market.delegateOf(pairs[2]?.[0] as Company, stop);
    market.speakers.set(lost.sessionId, [`${third}@example.com`]);
    await publishState(market.service.broker, signUpsChanged, signsUp, {
      registrationId: randomUUID(),
      stopId: stop.id,
      companyId: pairs[1]?.[0].id,
      signUps: [{ sessionId: heard.sessionId, delegateIds: [signsUp] }],
      version: 1,
    });
    const known = 'SELECT 1 FROM sign_ups WHERE stop_id = $1';
    await soon(async () => expect(await market.service.rows.query(known, [stop.id])).toHaveLength(1));
    const unplaced = { ...lost, status: 'accepted', startsAt: null, endsAt: null, version: 2 };
    const others = Array.from({ length: 300 }, () => talk(3));
    const poison = { ...talk(3), stopId: 7 };
    await Promise.all(
      [unplaced, poison, lost, ...others, spoken, heard, spoken].map((state) =>
        publishState(market.service.broker, sessionChanged, state.sessionId, state),
      ),
    );
    await soon(async () => {
      const rows = await market.service.rows.query('SELECT 1 FROM sessions WHERE stop_id = $1', [stop.id]);
      expect(rows).toHaveLength(303);
    });
    await soon(async () => {
      const letters: { payload: string }[] = await market.service.rows.query(
        'SELECT payload FROM dead_letters',
      );
      expect(letters.filter(({ payload }) => payload.includes(poison.sessionId))).toHaveLength(1);
    });
    expect(await statuses(stop)).toEqual(['accepted', 'accepted', 'scheduled', 'scheduled']);
    const { items } = await ask(listMeetings, { stopId: stop.id, status: ['accepted'] }, market.organizer);
    expect(new Set(items.map(({ reason }) => reason))).toEqual(
      new Set(['A session of a delegate is at this time.']),
    );
  });
});

describe('exports', () => {
  type Row = Record<string, string>;
  const rowsOf = ({ gzipBase64 }: { gzipBase64: string }): Promise<Row[]> => {
    const text = gunzipSync(Buffer.from(gzipBase64, 'base64')).toString();
    expect(text.startsWith('\ufeff')).toBe(true);
    return new Promise((resolve, reject) => {
      const rows: Row[] = [];
      parseString<Row, Row>(text.slice(1), { headers: true })
        .on('data', (row: Row) => rows.push(row))
        .on('error', reject)
        .on('end', () => resolve(rows));
    });
  };

  it('hold every meeting and listing for the organizer, times on the stop’s clock, nobody’s contact', async () => {
    const stop = await openStop();
    const [a, b, c] = companies(stop, 3) as [Company, Company, Company];
    const listing = await market.listing(a, { title: { zh: '=1+1 数据集' } });
    const meeting = await accepted(stop, a, b);
    await schedule(meeting, slot(stop, 2), 2);
    const open = await request(stop, a, c, { listingId: listing.id, message: '想聊聊' });
    const file = await ask(exportMeetingsCsv, { stopId: stop.id }, market.organizer);
    const day = stop.startsAt.slice(0, 10);
    expect(file.fileName).toBe(`meetings-成都站-${day}.csv`);
    const rows = await rowsOf(file);
    expect(rows.map((row) => [row['Meeting ID'], row['Status'], row['Starts at'], row['Table']])).toEqual([
      [meeting.id, 'scheduled', `${day} 10:00:00`, '2'],
      [open.id, 'requested', '', ''],
    ]);
    expect(rows[1]).toMatchObject({
      'Asker ID': a.id,
      'Asked ID': c.id,
      'Listing ID': listing.id,
      Message: '想聊聊',
      'Time zone': 'Asia/Shanghai',
    });
    expect(JSON.stringify(rows)).not.toMatch(/example\.com|1380013|代表/);
    const some = await ask(exportMeetingsCsv, { stopId: stop.id, status: ['requested'] }, market.organizer);
    expect(await rowsOf(some)).toHaveLength(1);
    const { fileName, gzipBase64 } = await ask(exportMeetingsXlsx, { stopId: stop.id }, market.organizer);
    expect(fileName).toMatch(/\.xlsx$/);
    expect(gunzipSync(Buffer.from(gzipBase64, 'base64')).subarray(0, 2).toString()).toBe('PK');
    const listed = await rowsOf(await ask(exportListingsCsv, { tourId: market.tourId }, market.organizer));
    expect(listed.find((row) => row['Listing ID'] === listing.id)).toMatchObject({
      State: 'published',
      'Company ID': a.id,
      // No cell runs as a formula.
      'Title (zh)': "'=1+1 数据集",
      Concepts: listing.concepts.join('; '),
    });
    const stranger = { ...market.organizer, organizationId: randomUUID() };
    expect(await refused(exportMeetingsCsv, { stopId: stop.id }, stranger)).toMatchObject({
      code: 'resource.not_found',
    });
    expect(await refused(exportListingsCsv, { tourId: market.tourId }, stranger)).toMatchObject({
      code: 'resource.not_found',
    });
  });
});

describe('personal data', () => {
  it('forgets the consents of people whom their owner no longer knows', async () => {
    const stop = await openStop();
    const [a, b] = two(stop);
    const { id } = await accepted(stop, a, b);
    await ask(
      setMeetingDelegate,
      { id, body: { delegateId: market.delegateOf(a, stop), consent } },
      a.caller,
    );
    market.contacts.delete(market.delegateOf(b, stop));
    const [service] = market.service.services;
    if (service === undefined) throw new Error('The service is not running.');
    const locks = { withAdvisoryLock: (_name: string, work: () => Promise<unknown>) => work() };
    const comers = { contactsOf: () => Promise.resolve(market.contacts) };
    const job = new ConsentErasureJob(
      service.unitOfWork,
      locks as AdvisoryLocks,
      new ConsentRepository(),
      comers as unknown as ComersService,
      createLogger('test', 'error'),
    );
    await job.run();
    const rows: { company_id: string }[] = await market.service.rows.query(
      'SELECT company_id FROM consents WHERE meeting_id = $1',
      [id],
    );
    expect(rows).toEqual([{ company_id: a.id }]);
  });

  it('is exported to its company: listings and meetings, of the other side no person', async () => {
    const stop = await openStop();
    const [a, b] = two(stop);
    const listing = await market.listing(a);
    const meeting = await accepted(stop, a, b);
    expect((await ask(exportListings, {}, a.caller)).items).toEqual([listing]);
    const { items } = await ask(exportMeetings, {}, a.caller);
    expect(items.map(({ id, delegates }) => [id, delegates.asked?.name])).toEqual([[meeting.id, null]]);
  });
});

describe('races', () => {
  /** What a busy machine had no time for was not decided. */
  const settle = async (tries: Promise<unknown>[]) => {
    const results = await Promise.allSettled(tries);
    const codes = results.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as { code: string }).code] : [],
    );
    const decided = codes.filter((code) => code !== 'service.unavailable');
    return { won: results.length - codes.length, codes: [...new Set(decided)] };
  };

  it('let one of twenty have a table, and one of two the pair', async () => {
    const stop = await openStop({ tables: 1 });
    const all = companies(stop, 40);
    const pairs = Array.from({ length: 20 }, (_, at) => [all[2 * at], all[2 * at + 1]] as [Company, Company]);
    const meetings = await Promise.all(pairs.map(([a, b]) => accepted(stop, a, b)));
    const table = await settle(meetings.map((meeting) => schedule(meeting, slot(stop, 0), 1)));
    expect(table).toEqual({ won: 1, codes: ['meeting.table_conflict'] });
    const [x, y] = two(stop);
    const pair = await settle(
      Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? request(stop, x, y) : request(stop, y, x))),
    );
    expect(pair).toEqual({ won: 1, codes: ['meeting.duplicate'] });
  });

  it('let as many of 200 requests through as the quota allows', async () => {
    const stop = await openStop();
    const keen = market.company([stop]);
    const quota = await settle(companies(stop, 200).map((other) => request(stop, keen, other)));
    expect(quota.codes).toEqual(['meeting.quota_reached']);
    expect(quota.won).toBeLessThanOrEqual(10);
    const { items } = await ask(listMeetings, { stopId: stop.id, limit: 200 }, keen.caller);
    expect(items).toHaveLength(10);
  });

  it('let a person be in one meeting at a time', async () => {
    const stop = await openStop({ tables: 20 });
    const popular = market.company([stop]);
    const meetings = await Promise.all(companies(stop, 12).map((other) => accepted(stop, other, popular)));
    const person = await settle(meetings.map((meeting) => schedule(meeting, slot(stop, 0))));
    expect(person).toEqual({ won: 1, codes: ['meeting.person_conflict'] });
  });

  /** Sessions and who signed up for them come at once, on ways of their own. @returns how many are known to be elsewhere */
  async function tellTogether(): Promise<number> {
    const stop = await openStop();
    const people = Array.from({ length: 60 }, () => randomUUID());
    await Promise.all(
      people.flatMap((personId) => {
        const [sessionId, registrationId] = [randomUUID(), randomUUID()];
        const session = { ...sessionOf(stop, 1), sessionId };
        const signUps = [{ sessionId, delegateIds: [personId] }];
        const signedUp = { registrationId, stopId: stop.id, companyId: randomUUID(), signUps, version: 1 };
        return [tell(session), publishState(market.service.broker, signUpsChanged, registrationId, signedUp)];
      }),
    );
    const known = `SELECT 1 FROM sessions FULL JOIN sign_ups USING (stop_id) WHERE stop_id = $1`;
    await soon(async () => expect(await market.service.rows.query(known, [stop.id])).toHaveLength(60 * 60));
    const booked = `SELECT 1 FROM bookings WHERE kind = 'elsewhere' AND person_id = ANY ($1)`;
    return ((await market.service.rows.query(booked, [people])) as unknown[]).length;
  }

  it('let nobody be forgotten whose sign-up comes together with the session', async () => {
    for (let times = 0; times < 5; times += 1) expect<number>(await tellTogether()).toBe(60);
  });

  it('would forget some without the lock of the stop', async () => {
    const rows = ElsewhereRepository.prototype;
    const lockStops = Reflect.get(rows, 'lockStops');
    const find = Reflect.get(rows, 'find') as (...given: unknown[]) => Promise<unknown>;
    rows.lockStops = () => Promise.resolve();
    // Both have read before either commits, as where a machine is busy.
    const slow = async function (this: ElsewhereRepository, ...given: unknown[]) {
      const found = await find.apply(this, given);
      await pause(300);
      return found;
    };
    Reflect.set(rows, 'find', slow);
    try {
      await inSomeTry(async () => expect(await tellTogether()).toBeLessThan(60));
    } finally {
      rows.lockStops = lockStops;
      Reflect.set(rows, 'find', find);
    }
  });

  it('would let more requests through without the check of the quota', async () => {
    await market.service.rows.query('ALTER TABLE request_counts DROP CONSTRAINT request_counts_quota');
    try {
      const stop = await openStop();
      const keen = market.company([stop]);
      const { won } = await settle(companies(stop, 30).map((other) => request(stop, keen, other)));
      expect(won).toBe(30);
    } finally {
      await market.service.rows.query(
        `DELETE FROM request_counts WHERE open > quota;
         ALTER TABLE request_counts ADD CONSTRAINT request_counts_quota CHECK (open BETWEEN 0 AND quota)`,
      );
    }
  });

  it('would let both sides ask without the index of pairs', async () => {
    const [definition]: { text: string }[] = await market.service.rows.query(
      `SELECT indexdef AS text FROM pg_indexes WHERE indexname = 'meetings_one_live'`,
    );
    await market.service.rows.query('DROP INDEX meetings_one_live');
    const stop = await openStop();
    try {
      const [x, y] = two(stop);
      expect((await settle([request(stop, x, y), request(stop, y, x)])).won).toBe(2);
    } finally {
      await market.service.rows.query(`UPDATE meetings SET status = 'withdrawn' WHERE stop_id = $1`, [
        stop.id,
      ]);
      await market.service.rows.query(definition?.text ?? '');
    }
  });

  it.each([
    ['meetings', 'meetings_table_taken', 'table'],
    ['bookings', 'bookings_one_meeting', 'person'],
  ] as const)('would be lost without %s.%s', async (table, constraint, what) => {
    const definition: { text: string }[] = await market.service.rows.query(
      'SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = $1',
      [constraint],
    );
    await market.service.rows.query(`ALTER TABLE ${table} DROP CONSTRAINT ${constraint}`);
    await inSomeTry(async () => {
      const stop = await openStop({ tables: 20 });
      const popular = market.company([stop]);
      const pairs: [Company, Company][] = companies(stop, 6).map((other) => [
        other,
        what === 'person' ? popular : market.company([stop]),
      ]);
      const meetings = await Promise.all(pairs.map(([a, b]) => accepted(stop, a, b)));
      const { won } = await settle(
        meetings.map((meeting) => schedule(meeting, slot(stop, 0), what === 'table' ? 1 : undefined)),
      );
      expect(won).toBeGreaterThan(1);
    }, 20);
    await market.service.rows.query(
      `DELETE FROM bookings; UPDATE meetings SET status = 'cancelled', starts_at = NULL, ends_at = NULL, table_no = NULL, missed = NULL`,
    );
    await market.service.rows.query(
      `ALTER TABLE ${table} ADD CONSTRAINT ${constraint} ${definition[0]?.text ?? ''}`,
    );
  });
});
