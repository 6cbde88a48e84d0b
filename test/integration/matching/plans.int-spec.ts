import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inSomeTry, soon } from '#service/testing/patience';
import {
  acceptMeeting,
  acceptPlan,
  auditLists,
  cancelMeeting,
  cancelPlan,
  createCalendarFeed,
  exportCalendarFeed,
  getMeetingTimes,
  getMeetingsCalendar,
  getPlan,
  listMeetingPlans,
  listMeetings,
  rejectPlan,
  requestMeeting,
  scheduleMeeting,
  sessionChanged,
  setInterest,
  setMeetingAttendance,
  setMeetingRules,
  signUpsChanged,
  startMeetingPlan,
  type Meeting,
  type MeetingPlan,
  type StopState,
} from '../../../libs/contracts/src/index.js';
import { planFindings } from '../../../apps/matching/src/plans/plan-findings.service.js';
import { PlanPruneJob, keptPlanDays } from '../../../apps/matching/src/plans/plan-prune-job.service.js';
import { PlanRepository } from '../../../apps/matching/src/plans/plan.repository.js';
import { createLogger } from '../../../libs/service/src/index.js';
import { publishState } from '../notifications/published-events.js';
import { Market, type Company } from './market.js';

let market: Market;
const consent = { textVersion: '2026-11' };
/** Few, since these tests are about what happens around a plan, and not about how good it is. */
const quick = { steps: 20_000, seconds: 0 };
const planWithinMs = 120_000;

beforeAll(async () => {
  market = await Market.start();
});
afterAll(() => market.end());

const ask: Market['service']['ask'] = (contract, input, caller, more) =>
  market.service.ask(contract, input, caller, more);
const refused: Market['service']['refusal'] = (contract, input, caller, more) =>
  market.service.refusal(contract, input, caller, more);
const slot = (stop: StopState, at: number) =>
  new Date(Date.parse(stop.startsAt) + at * 30 * 60_000).toISOString().replace('.000Z', 'Z');

/** A stop with slots every half hour, where each company has accepted meetings with those after it. */
async function openStop(shape: { companies: number; each: number; tables: number; slots?: number }) {
  const stop = market.stop();
  const rules = {
    scheduling: 'organizer' as const,
    slots: {
      minutes: 20,
      starts: Array.from({ length: shape.slots ?? 8 }, (_, at) => slot(stop, at)),
    },
    tables: shape.tables,
    requestQuota: 100,
    opensAt: '2026-11-01T00:00:00Z',
    closesAt: stop.endsAt,
  };
  await ask(setMeetingRules, { stopId: stop.id, body: rules }, market.organizer);
  const companies = Array.from({ length: shape.companies }, () => market.company([stop]));
  const pairs = companies.flatMap((one, at) =>
    Array.from({ length: shape.each }, (_, step) => [one, companies[(at + step + 1) % companies.length]]),
  ) as [Company, Company][];
  const meetings = await Promise.all(pairs.map(([a, b]) => accepted(stop, a, b)));
  return { stop, companies, meetings };
}
async function accepted(stop: StopState, asker: Company, asked: Company): Promise<Meeting> {
  const { id } = await ask(requestMeeting, { stopId: stop.id, body: { companyId: asked.id } }, asker.caller);
  const body = { delegateId: market.delegateOf(asked, stop), consent };
  return ask(acceptMeeting, { id, body }, asked.caller);
}
const start = (stop: StopState, body: object = quick) =>
  ask(startMeetingPlan, { stopId: stop.id, body }, market.organizer);
const plan = (id: string) => ask(getPlan, { id }, market.organizer);
async function ready(stop: StopState, body: object = quick): Promise<MeetingPlan> {
  const { id } = await start(stop, body);
  await soon(async () => expect((await plan(id)).status).not.toBe('computing'), planWithinMs);
  const made = await plan(id);
  expect(made.status).toBe('ready');
  return made;
}
const accept = (id: string, body: object = {}) => ask(acceptPlan, { id, body }, market.organizer);
async function meetingsOf(stop: StopState): Promise<Meeting[]> {
  const { items } = await ask(listMeetings, { stopId: stop.id, limit: 200 }, market.organizer);
  return items;
}

describe('a plan of meetings', () => {
  it('holds every meeting, keeps the rules, and is written whole', async () => {
    const { stop, companies, meetings } = await openStop({ companies: 12, each: 3, tables: 4 });
    const [first, second, third] = companies as [Company, Company, Company];
    const body = { delegateIds: [market.delegateOf(first, stop)], maxMeetings: 2 };
    await ask(setMeetingAttendance, { stopId: stop.id, body }, first.caller);
    const away = [{ from: slot(stop, 0), to: slot(stop, 6) }];
    await ask(
      setMeetingAttendance,
      { stopId: stop.id, body: { delegateIds: [market.delegateOf(second, stop)], unavailable: away } },
      second.caller,
    );
    const interest = { tourId: market.tourId, companyId: second.id, body: { level: 'must' as const } };
    await ask(setInterest, interest, third.caller);
    const begun = await start(stop, { ...quick, seconds: 5 });
    expect(begun).toMatchObject({ kind: 'meetings', status: 'computing', seed: 1, items: [], value: null });
    await soon(async () => expect((await plan(begun.id)).status).toBe('ready'), planWithinMs);
    const made = await plan(begun.id);
    expect([...made.items, ...made.unplaced].map(({ meetingId }) => meetingId).sort()).toEqual(
      meetings.map(({ id }) => id).sort(),
    );
    expect(made.value).toBe(made.items.reduce((sum, { weight }) => sum + weight, 0));
    expect(made.bound).toBeGreaterThanOrEqual(made.value ?? Infinity);
    expect(made.gap).toBeCloseTo(((made.bound ?? 0) - (made.value ?? 0)) / (made.bound ?? 1), 9);
    expect(made.provenBest).toBe(made.value === made.bound);
    expect(brokenRules(made, meetings, 4)).toEqual([]);
    const starts = (company: Company) =>
      made.items.flatMap(({ meetingId, startsAt }) =>
        meetings.some(
          ({ id, askerId, askedId }) => id === meetingId && [askerId, askedId].includes(company.id),
        )
          ? [startsAt]
          : [],
      );
    expect(starts(first).length).toBeLessThanOrEqual(2);
    expect(starts(second).every((at) => at >= slot(stop, 6))).toBe(true);

    expect(await accept(made.id)).toMatchObject({ status: 'accepted', items: made.items });
    const placed = new Map((await meetingsOf(stop)).map((one) => [one.id, one]));
    for (const { meetingId, startsAt, tableNo } of made.items)
      expect(placed.get(meetingId)).toMatchObject({ status: 'scheduled', startsAt, tableNo });
    for (const { meetingId } of made.unplaced) expect(placed.get(meetingId)?.status).toBe('accepted');
    expect(await refused(acceptPlan, { id: made.id }, market.organizer)).toMatchObject({
      code: 'plan.invalid_transition',
    });
    const [item] = made.items;
    const met = placed.get(item?.meetingId ?? '');
    const caller = companies.find(({ id }) => id === met?.askerId)?.caller ?? market.organizer;
    const delegateId = met?.delegates.asked?.id ?? '';
    const { times } = await ask(getMeetingTimes, { delegateIds: [delegateId] }, market.organizer);
    expect(times).toContainEqual({ delegateId, from: met?.startsAt, to: met?.endsAt });
    expect(await ask(exportCalendarFeed, {}, caller)).toEqual({ calendarFeed: null });
    const { token } = await ask(createCalendarFeed, {}, caller);
    const { calendarFeed } = await ask(exportCalendarFeed, {}, caller);
    expect(Date.parse(calendarFeed?.createdAt ?? '')).toBeGreaterThan(0);
    const anybody = { role: 'public' as const, keyId: null };
    const { ics } = await ask(getMeetingsCalendar, { feed: token }, anybody);
    expect(ics).toContain(`UID:meeting-${met?.id}@waystop`);
    expect((await ask(getMeetingsCalendar, {}, caller)).ics).toBe(ics);
    expect(await refused(getMeetingsCalendar, {}, anybody)).toMatchObject({ code: 'auth.required' });
    await ask(createCalendarFeed, {}, caller);
    expect(await refused(getMeetingsCalendar, { feed: token }, anybody)).toMatchObject({
      code: 'resource.not_found',
    });
    await ask(cancelMeeting, { id: met?.id ?? '' }, market.organizer);
    const cancelled = (await ask(getMeetingsCalendar, {}, caller)).ics.split('BEGIN:VEVENT');
    const entry = cancelled.find((one) => one.includes(met?.id ?? ''));
    expect(entry).toMatch(/STATUS:CANCELLED/);
    expect(entry).toContain(`SEQUENCE:${(met?.version ?? 0) + 1}`);
    const audit = { resourceType: 'plan' as const, resourceId: made.id };
    const { items: lines } = await ask(auditLists.matching, audit, market.organizer);
    expect(lines.map(({ action }) => action)).toEqual(['plan.start', 'plan.accept']);
  });

  it('is the same for the same input, and changes little when it is made anew', async () => {
    const { stop, meetings } = await openStop({ companies: 10, each: 3, tables: 4, slots: 6 });
    const one = await ready(stop);
    const other = await ready(stop);
    expect(JSON.stringify(other.items)).toBe(JSON.stringify(one.items));
    await accept(one.id);
    const [locked] = one.items;
    const again = await ready(stop, { ...quick, locked: [locked?.meetingId ?? ''] });
    const before = new Map(one.items.map((item) => [item.meetingId, item]));
    const kept = again.items.filter(
      ({ meetingId, startsAt }) => before.get(meetingId)?.startsAt === startsAt,
    );
    expect(kept.length).toBeGreaterThanOrEqual(one.items.length * 0.7);
    expect(again.items.find(({ meetingId }) => meetingId === locked?.meetingId)).toEqual(locked);
    const points = again.penalties.reduce((sum, penalty) => sum + penalty.points, 0);
    expect(again.value).toBe(again.items.reduce((sum, { weight }) => sum + weight, 0) - points);
    await accept(again.id);
    expect((await meetingsOf(stop)).filter(({ status }) => status === 'scheduled')).toHaveLength(
      again.items.length,
    );
    expect(meetings.length).toBe(again.items.length + again.unplaced.length);
  });

  it('can be accepted in part, and is stale once something changed', async () => {
    const { stop, companies } = await openStop({ companies: 6, each: 2, tables: 3 });
    const made = await ready(stop);
    const [x, y] = [market.company([stop]), companies[0] as Company];
    await accepted(stop, x, y);
    expect((await plan(made.id)).status).toBe('stale');
    expect(await refused(acceptPlan, { id: made.id }, market.organizer)).toMatchObject({
      code: 'plan.stale',
    });
    const next = await ready(stop);
    const chosen = next.items.slice(0, 3).map(({ meetingId }) => meetingId);
    await accept(next.id, { items: chosen });
    const scheduled = (await meetingsOf(stop)).filter(({ status }) => status === 'scheduled');
    expect(scheduled.map(({ id }) => id).sort()).toEqual(chosen.toSorted());
    const { items: plans } = await ask(listMeetingPlans, { stopId: stop.id }, market.organizer);
    expect(plans.map(({ status }) => status)).toEqual(['stale', 'accepted']);
    expect(await ask(rejectPlan, { id: made.id }, market.organizer)).toMatchObject({ status: 'rejected' });
  });

  it('is refused where it can’t be', async () => {
    const { stop } = await openStop({ companies: 4, each: 1, tables: 2 });
    const empty = market.stop();
    expect(await refused(startMeetingPlan, { stopId: empty.id }, market.organizer)).toMatchObject({
      code: 'plan.nothing_to_place',
    });
    const stranger = { role: 'organizer' as const, keyId: randomUUID(), organizationId: randomUUID() };
    expect(await refused(startMeetingPlan, { stopId: stop.id }, stranger)).toMatchObject({
      code: 'resource.not_found',
    });
    const locked = { stopId: stop.id, body: { locked: [randomUUID()] } };
    expect(await refused(startMeetingPlan, locked, market.organizer)).toMatchObject({
      code: 'request.invalid',
    });
    const made = await ready(stop);
    expect(await refused(getPlan, { id: made.id }, stranger)).toMatchObject({ code: 'resource.not_found' });
    const items = { id: made.id, body: { items: [randomUUID()] } };
    expect(await refused(acceptPlan, items, market.organizer)).toMatchObject({ code: 'request.invalid' });
    expect(await refused(cancelPlan, { id: made.id }, market.organizer)).toMatchObject({
      code: 'plan.invalid_transition',
    });
  });

  it('can be cancelled while it is computed, and is taken over from a process that died', async () => {
    const { stop } = await openStop({ companies: 8, each: 3, tables: 3, slots: 5 });
    const long = { steps: 20_000_000, seconds: 0 };
    const { id } = await start(stop, long);
    await soon(async () => expect((await plan(id)).progress.steps).toBeGreaterThan(0), planWithinMs);
    const { progress } = await plan(id);
    expect(progress.value).toBeLessThanOrEqual(progress.bound ?? 0);
    expect(await refused(startMeetingPlan, { stopId: stop.id }, market.organizer)).toMatchObject({
      code: 'plan.running',
    });
    expect(await ask(cancelPlan, { id }, market.organizer)).toMatchObject({ status: 'rejected', items: [] });
    const orphan = randomUUID();
    await market.service.rows.query(
      `INSERT INTO plans (id, stop_id, organization_id, status, seed, steps, seconds, locked, progress, worker,
         leased_until, attempts, created_at, version)
       VALUES ($1, $2, $3, 'computing', 1, 1000, 0, '{}', '{"steps":0,"value":0,"bound":null}', $4,
         now() - interval '1 second', 1, now(), 1)`,
      [orphan, stop.id, market.organizationId, randomUUID()],
    );
    await soon(async () => expect((await plan(orphan)).status).toBe('ready'), planWithinMs);
    expect((await plan(id)).status).toBe('rejected');
  });

  it('is forgotten after a while, unless it was accepted', async () => {
    const { stop } = await openStop({ companies: 6, each: 2, tables: 3 });
    const old = await ready(stop);
    await ask(rejectPlan, { id: old.id }, market.organizer);
    const recent = await ready(stop);
    await ask(rejectPlan, { id: recent.id }, market.organizer);
    const kept = await ready(stop);
    await market.service.rows.query(
      `UPDATE plans SET created_at = now() - make_interval(days => $2) WHERE id = ANY ($1)`,
      [[old.id, kept.id], keptPlanDays + 1],
    );
    await accept(kept.id);
    const [service] = market.service.services;
    if (service === undefined) throw new Error('The service is not running.');
    await new PlanPruneJob(service.unitOfWork, new PlanRepository(), createLogger('test', 'error')).run();
    const { items } = await ask(listMeetingPlans, { stopId: stop.id }, market.organizer);
    expect(items.map(({ id }) => id)).toEqual([recent.id, kept.id]);
  });

  it('can be computed here, as the doctor says', async () => {
    expect(await planFindings()).toEqual([
      { what: 'plans', found: 'a thread starts, and its solver finds what it should' },
    ]);
  });
});

describe('races of plans', () => {
  const settle = async (tries: Promise<unknown>[]) => {
    const results = await Promise.allSettled(tries);
    const codes = results.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as { code: string }).code] : [],
    );
    return { won: results.length - codes.length, codes: [...new Set(codes)] };
  };
  const tenAtOnce = (stop: StopState) =>
    settle(Array.from({ length: 10 }, () => start(stop, { steps: 20_000_000, seconds: 0 })));
  const endAll = async (stop: StopState) => {
    const { items } = await ask(listMeetingPlans, { stopId: stop.id }, market.organizer);
    const running = items.filter(({ status }) => status === 'computing');
    await Promise.all(running.map(({ id }) => ask(cancelPlan, { id }, market.organizer)));
  };

  it('let one of ten begin at a stop', async () => {
    const { stop } = await openStop({ companies: 6, each: 2, tables: 3 });
    expect(await tenAtOnce(stop)).toEqual({ won: 1, codes: ['plan.running'] });
    await endAll(stop);
  });

  it('would let all begin without the index', async () => {
    await market.service.rows.query('DROP INDEX plans_one_computing');
    await inSomeTry(async () => {
      const { stop } = await openStop({ companies: 6, each: 2, tables: 3 });
      const { won } = await tenAtOnce(stop);
      await endAll(stop);
      expect(won).toBeGreaterThan(1);
    });
    await market.service.rows.query(
      `CREATE UNIQUE INDEX plans_one_computing ON plans (stop_id) WHERE status = 'computing'`,
    );
  });

  it('let one of two plans be written, once', async () => {
    const { stop } = await openStop({ companies: 8, each: 2, tables: 3 });
    const one = await ready(stop);
    const other = await ready(stop, { ...quick, seed: 2 });
    const { won, codes } = await settle([one, other, one, other].map(({ id }) => accept(id)));
    expect(won).toBe(1);
    for (const code of codes) expect(['plan.stale', 'plan.invalid_transition']).toContain(code);
    const scheduled = (await meetingsOf(stop)).filter(({ status }) => status === 'scheduled');
    expect([one.items.length, other.items.length]).toContain(scheduled.length);
  });

  it('write nothing where somebody’s time went to a session meanwhile', async () => {
    const { stop, meetings } = await openStop({ companies: 6, each: 2, tables: 3 });
    const made = await ready(stop);
    const [victim] = made.items;
    const meeting = meetings.find(({ id }) => id === victim?.meetingId);
    const sessionId = randomUUID();
    await market.service.rows.query(
      `INSERT INTO bookings (person_id, kind, session_id, during)
       VALUES ($1, 'elsewhere', $2, tstzrange($3, $3::timestamptz + interval '10 minutes'))`,
      [meeting?.delegates.asked?.id, sessionId, victim?.startsAt],
    );
    expect(await refused(acceptPlan, { id: made.id }, market.organizer)).toMatchObject({
      code: 'plan.conflict',
      extra: { conflicts: [{ meetingId: victim?.meetingId, code: 'meeting.person_conflict' }] },
    });
    expect((await meetingsOf(stop)).every(({ status }) => status === 'accepted')).toBe(true);
    expect((await plan(made.id)).status).toBe('ready');
    const others = made.items.slice(1).map(({ meetingId }) => meetingId);
    expect((await accept(made.id, { items: others })).status).toBe('accepted');
  });

  it('let a plan or sign-ups have a person’s time, never both', async () => {
    const { stop, companies } = await openStop({ companies: 8, each: 3, tables: 12 });
    const made = await ready(stop);
    const sessionId = randomUUID();
    const [startsAt, endsAt] = [slot(stop, 0), slot(stop, 4)];
    await publishState(market.service.broker, sessionChanged, sessionId, {
      sessionId,
      stopId: stop.id,
      organizationId: market.organizationId,
      companyId: null,
      status: 'scheduled',
      roomId: null,
      startsAt,
      endsAt,
      version: 1,
    });
    const known = 'SELECT 1 FROM sessions WHERE id = $1';
    await soon(async () => expect(await market.service.rows.query(known, [sessionId])).toHaveLength(1));
    const signedUp = companies.slice(0, 4);
    const signUps = signedUp.map((company) => {
      const registrationId = randomUUID();
      return publishState(market.service.broker, signUpsChanged, registrationId, {
        registrationId,
        stopId: stop.id,
        companyId: company.id,
        signUps: [{ sessionId, delegateIds: [market.delegateOf(company, stop)] }],
        version: 1,
      });
    });
    const { codes } = await settle([accept(made.id), ...signUps]);
    for (const code of codes) expect(['plan.conflict', 'plan.stale']).toContain(code);
    const elsewhere = `SELECT 1 FROM bookings WHERE session_id = $1`;
    await soon(async () => expect(await market.service.rows.query(elsewhere, [sessionId])).toHaveLength(4));
    const ids = signedUp.map(({ id }) => id);
    const clashing = (await meetingsOf(stop)).filter(
      (one) =>
        one.startsAt !== null &&
        one.startsAt < endsAt &&
        [one.askerId, one.askedId].some((id) => ids.includes(id)),
    );
    expect(clashing).toEqual([]);
  });

  it('let a plan or a place given by hand win, never both', async () => {
    const { stop, meetings } = await openStop({ companies: 6, each: 2, tables: 3 });
    const made = await ready(stop);
    const byHand = meetings.map(({ id }, at) =>
      ask(scheduleMeeting, { id, body: { startsAt: slot(stop, at % 8) } }, market.organizer),
    );
    const { codes } = await settle([accept(made.id), ...byHand]);
    for (const code of codes)
      expect(['plan.stale', 'meeting.table_conflict', 'meeting.person_conflict']).toContain(code);
    const doubles: unknown[] = await market.service.rows.query(
      `SELECT 1 FROM bookings a JOIN bookings b ON a.person_id = b.person_id AND a.id < b.id AND a.during && b.during`,
    );
    expect(doubles).toEqual([]);
  });
});

/** Checked from the items and the public data alone. */
function brokenRules(made: MeetingPlan, meetings: readonly Meeting[], tables: number): string[] {
  const byId = new Map(meetings.map((meeting) => [meeting.id, meeting]));
  const seen = new Set<string>();
  return made.items.flatMap(({ meetingId, startsAt, tableNo }) => {
    const meeting = byId.get(meetingId);
    const keys = [`table ${tableNo}`, meeting?.askerId, meeting?.askedId].map((key) => `${startsAt} ${key}`);
    const taken = keys.filter((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return tableNo >= 1 && tableNo <= tables ? taken : [...taken, `no table ${tableNo}`];
  });
}
