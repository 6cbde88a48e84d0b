import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { soon } from '#service/testing/patience';
import {
  addFollowUpStep,
  checkInChanged,
  companyChanged,
  confirmFollowUpStep,
  createFollowUp,
  exportFollowUps,
  exportMeetingOutcomes,
  exportStopResults,
  exportTourStatistics,
  getFollowUp,
  getMeetingOutcome,
  getStopResults,
  getTourStatistics,
  listFollowUps,
  listingChanged,
  meetingChanged,
  registrationChanged,
  sessionChanged,
  setMeetingOutcome,
  stopChanged,
  type MeetingState,
  type MeetingStatus,
  type StopState,
} from '../../../libs/contracts/src/index.js';
import { publishState } from '../notifications/published-events.js';
import { CountsRepository } from '../../../apps/outcomes/src/statistics/counts.repository.js';
import { resultsOf } from '../../../apps/outcomes/src/statistics/results.js';
import { recount } from '../../support/recount.js';
import { insertStops, twoStops } from './random-stop.js';
import { OutcomeWorld } from './outcome-world.js';

let world: OutcomeWorld;

beforeAll(async () => {
  world = await OutcomeWorld.start();
});
afterAll(() => world.end());

const ask: OutcomeWorld['service']['ask'] = (contract, input, caller, more) =>
  world.service.ask(contract, input, caller, more);
const codeOfRefusal = async (...args: Parameters<OutcomeWorld['service']['refusal']>) =>
  (await world.service.refusal(...args)).code;

describe('the outcome of a meeting', () => {
  it('is said by each side for itself, once the meeting was held', async () => {
    const [a, b, c] = [world.company(), world.company(), world.company()];
    const { meetingId: id } = world.meeting(world.stop(), a.id, b.id, { status: 'scheduled' });
    const body = { useful: 4, next: 'trial' as const, note: '两周' };
    expect(await codeOfRefusal(setMeetingOutcome, { id, body }, a.caller)).toBe('outcome.not_held');
    const held = world.meetings.get(id) as MeetingState;
    world.meetings.set(id, { ...held, status: 'held', version: 2 });
    const said = await ask(setMeetingOutcome, { id, body }, a.caller);
    expect(said).toMatchObject(body);
    expect(await ask(getMeetingOutcome, { id }, b.caller)).toEqual({ asker: null, asked: null });
    expect(await ask(getMeetingOutcome, { id }, a.caller)).toEqual({ asker: said, asked: null });
    const again = await ask(setMeetingOutcome, { id, body: { useful: 5, next: 'agreement' } }, a.caller);
    expect(again).toMatchObject({ useful: 5, next: 'agreement', note: null });
    const other = await ask(setMeetingOutcome, { id, body }, b.caller);
    expect(await ask(getMeetingOutcome, { id }, world.organizer)).toEqual({ asker: again, asked: other });
    for (const caller of [c.caller, world.stranger])
      expect(await codeOfRefusal(setMeetingOutcome, { id, body }, caller)).toBe('resource.not_found');
    expect(await codeOfRefusal(setMeetingOutcome, { id, body }, world.organizer)).toBe('auth.forbidden');
    expect((await ask(exportMeetingOutcomes, {}, b.caller)).items).toEqual([{ meetingId: id, ...other }]);
    const events: { payload: string }[] = await world.service.rows.query(
      `SELECT payload FROM outbox WHERE aggregate_id = $1 ORDER BY id`,
      [id],
    );
    const states = events.map(({ payload }) => (JSON.parse(payload) as { data: { version: number } }).data);
    expect(states.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(JSON.stringify(states)).not.toContain('两周');
  });

  it('hides a concealed meeting from the asked company', async () => {
    const [a, b] = [world.company(), world.company()];
    const { meetingId: id } = world.meeting(world.stop(), a.id, b.id, { concealed: true, status: 'expired' });
    expect(await codeOfRefusal(getMeetingOutcome, { id }, b.caller)).toBe('resource.not_found');
  });
});

describe('a follow-up', () => {
  it('moves when the other side or the organizer confirms, and is its companies’ and organizer’s alone', async () => {
    const [a, b, c] = [world.company(), world.company(), world.company()];
    const stop = world.stop();
    const { meetingId } = world.meeting(stop, a.id, b.id);
    const body = { meetingId, stopId: stop.id, subject: '方言语料试用' };
    const made = await ask(createFollowUp, { body }, a.caller);
    expect(made).toMatchObject({ stage: 'open', companies: [a.id, b.id], meetingId, steps: [], version: 1 });
    const { id } = made;
    expect(await codeOfRefusal(createFollowUp, { body }, c.caller)).toBe('resource.not_found');
    for (const caller of [c.caller, world.stranger])
      expect(await codeOfRefusal(getFollowUp, { id }, caller)).toBe('resource.not_found');
    await ask(addFollowUpStep, { id, body: { stage: 'trial', amount: 80_000 } }, a.caller);
    expect(await codeOfRefusal(confirmFollowUpStep, { id, n: 1 }, a.caller)).toBe('outcome.own_step');
    expect(await ask(confirmFollowUpStep, { id, n: 1 }, b.caller)).toMatchObject({
      stage: 'trial',
      steps: [{ n: 1, amount: 80_000, by: a.id, confirmedBy: b.id }],
    });
    const back = { id, body: { stage: 'talking' as const } };
    expect(await codeOfRefusal(addFollowUpStep, back, b.caller)).toBe('outcome.invalid_transition');
    await ask(addFollowUpStep, { id, body: { stage: 'agreed' } }, world.organizer);
    expect(await codeOfRefusal(confirmFollowUpStep, { id, n: 2 }, world.organizer)).toBe('outcome.own_step');
    const agreed = await ask(confirmFollowUpStep, { id, n: 2 }, b.caller);
    expect(agreed).toMatchObject({
      stage: 'agreed',
      version: 5,
      steps: [{}, { by: 'organizer', confirmedBy: b.id }],
    });
    const list = (query: object, caller = a.caller) => ask(listFollowUps, query, caller);
    expect((await list({ stopId: stop.id, stage: 'agreed' })).items).toEqual([agreed]);
    expect((await list({ stage: 'open' })).items).toEqual([]);
    expect((await list({}, c.caller)).items).toEqual([]);
    expect((await list({ stopId: stop.id }, world.organizer)).items).toEqual([agreed]);
    expect((await ask(exportFollowUps, {}, b.caller)).items).toEqual([agreed]);
  });

  it('is confirmed once, however many try', async () => {
    const [a, b] = [world.company(), world.company()];
    const body = { companies: [a.id, b.id], stopId: world.stop().id, subject: '试用' };
    const { id } = await ask(createFollowUp, { body }, a.caller);
    await ask(addFollowUpStep, { id, body: { stage: 'talking' } }, a.caller);
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) =>
        ask(confirmFollowUpStep, { id, n: 1 }, at % 2 === 0 ? b.caller : world.organizer),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('statistics', () => {
  const publish = <C extends Parameters<typeof publishState>[1]>(contract: C, id: string, data: object) =>
    publishState(world.service.broker, contract, id, data as never);
  const publishStop = async (stop: StopState) => publish(stopChanged, stop.id, stop);
  async function register(
    stop: StopState,
    companyId: string,
    over: { status?: string; came?: boolean } = {},
  ) {
    const registrationId = randomUUID();
    const { status = 'confirmed', came = false } = over;
    const state = {
      registrationId,
      stopId: stop.id,
      companyId,
      status,
      seats: 2,
      delegateIds: [],
      version: 1,
    };
    await publish(registrationChanged, registrationId, state);
    const delegateId = randomUUID();
    const checkedInAt = came ? '2026-01-16T01:10:00Z' : null;
    const checkIn = { delegateId, registrationId, stopId: stop.id, companyId, checkedInAt, version: 1 };
    await publish(checkInChanged, delegateId, checkIn);
  }
  const meet = async (stop: StopState, a: string, b: string, status: MeetingStatus) => {
    const meeting = world.meeting(stop, a, b, { status, endsAt: new Date().toISOString() });
    await publish(meetingChanged, meeting.meetingId, meeting);
    return meeting;
  };

  it('follow the events, count a company once in a tour, and hide small counts', async () => {
    const [stop, later] = [
      world.stop(),
      world.stop({ startsAt: '2026-02-16T01:00:00Z', endsAt: '2026-02-16T09:00:00Z' }),
    ];
    await publishStop(stop);
    await publishStop(later);
    const companies = Array.from({ length: 8 }, () => randomUUID());
    for (const [at, companyId] of companies.entries()) {
      await publish(companyChanged, companyId, {
        companyId,
        name: { zh: '示例' },
        standings: [],
        version: 1,
      });
      await register(stop, companyId, { status: at === 7 ? 'cancelled' : 'confirmed', came: at < 6 });
      await register(later, companyId, { came: at < 3 });
    }
    const listing = { tourId: world.tourId, organizationId: world.organizationId, companyId: companies[0] };
    const listingId = randomUUID();
    const shown = {
      side: 'offer',
      state: 'closed',
      concepts: [],
      expiresAt: '2027-01-01T00:00:00Z',
      version: 1,
    };
    await publish(listingChanged, listingId, {
      listingId,
      ...listing,
      ...shown,
      publishedAt: '2026-01-01T00:00:00Z',
    });
    const sessionId = randomUUID();
    const session = { sessionId, stopId: stop.id, organizationId: world.organizationId, companyId: null };
    await publish(sessionChanged, sessionId, {
      ...session,
      status: 'scheduled',
      roomId: null,
      startsAt: null,
      endsAt: null,
      version: 1,
    });
    const [a = '', b = '', c = ''] = companies;
    const held = await meet(stop, a, b, 'held');
    await meet(stop, a, c, 'held');
    for (const status of ['requested', 'accepted', 'scheduled', 'cancelled', 'declined'] as const)
      await meet(stop, b, c, status);
    const callerOf = (companyId: string) => ({ role: 'company' as const, keyId: randomUUID(), companyId });
    const body = { meetingId: held.meetingId, stopId: stop.id, subject: '试用' };
    await soon(async () => {
      const { id } = await ask(createFollowUp, { body }, callerOf(a));
      await ask(addFollowUpStep, { id, body: { stage: 'agreed' } }, callerOf(a));
      await ask(confirmFollowUpStep, { id, n: 1 }, callerOf(b));
    });
    await world.announce(await world.batch('STATISTICS', 6));
    const carriedTo = async (stopId: string) =>
      (await ask(listFollowUps, { carriedTo: stopId }, world.organizer)).items;
    expect((await carriedTo(later.id)).map(({ companies: pair }) => pair)).toEqual([[a, b]]);
    expect(await carriedTo(stop.id)).toEqual([]);
    const figuresOf = ({
      funnel,
    }: {
      funnel: { stage: string; numerator: unknown; denominator: unknown }[];
    }) =>
      Object.fromEntries(
        funnel.map(({ stage, numerator, denominator }) => [stage, [numerator, denominator]]),
      );
    await soon(async () => {
      const results = await ask(getStopResults, { stopId: stop.id }, world.organizer);
      expect(figuresOf(results)).toEqual({
        registered: [7, 8],
        attended: [6, 7],
        listed: [1, 6],
        asked: [7, 7],
        accepted: [5, 7],
        placed: [3, 5],
        held: [2, 3],
        secondContact: [1, 2],
        cooperation: [1, 1],
        agreement: [1, 1],
      });
      expect(results.totals).toEqual({ delegates: 14, sessions: 1, members: 0, cases: 0, papers: 0 });
    });
    const exact = await ask(getTourStatistics, { tourId: world.tourId }, world.organizer);
    expect(figuresOf(exact)).toMatchObject({ registered: [8, 8], attended: [6, 8], listed: [1, 6] });
    expect(exact.totals).toMatchObject({ delegates: 30, members: 6 });
    const seen = await ask(getStopResults, { stopId: stop.id }, world.anybody);
    expect(figuresOf(seen)).toMatchObject({ registered: [7, 8], listed: ['<5', 6], agreement: ['<5', '<5'] });
    expect(seen.totals).toEqual({ delegates: 14, sessions: '<5', members: '<5', cases: '<5', papers: '<5' });
    const { csv } = await ask(exportStopResults, { stopId: stop.id }, world.organizer);
    expect(csv.split('\r\n').slice(0, 3)).toEqual([
      'stopId,stage,unit,numerator,denominator',
      `${stop.id},registered,companies,7,8`,
      `${stop.id},attended,companies,6,7`,
    ]);
    const tour = await ask(exportTourStatistics, { tourId: world.tourId }, world.anybody);
    expect(tour.csv).toContain(',registered,companies,8,8\r\n');
    expect(tour.csv).toContain(`${stop.id},listed,companies,<5,6\r\n`);
    await replayed(stop, exact);
  });

  it('never widen, and are what a plain recount of the exports says, whatever stands in the copies', async () => {
    const counts = new CountsRepository();
    const check = async (drawn: Parameters<typeof insertStops>[1]) => {
      const { tourId, stopIds, of } = await insertStops(world, drawn);
      const { rows } = world.service;
      const [first = '', second = ''] = stopIds;
      const counted = [
        [await counts.ofStop(rows.manager, tourId, first), of(0)],
        [await counts.ofStop(rows.manager, tourId, second), of(1)],
        [await counts.ofTour(rows.manager, tourId, stopIds), of(null)],
      ] as const;
      for (const [figures, exported] of counted) {
        const results = resultsOf(figures);
        expect(results).toEqual(recount(exported));
        for (const { numerator, denominator } of results.funnel)
          expect(Number(numerator)).toBeLessThanOrEqual(Number(denominator));
      }
    };
    await fc.assert(fc.asyncProperty(twoStops, check), { numRuns: 40 });
  }, 60_000);

  /** Empties the copies and publishes every state once more: the figures are the same. */
  async function replayed(stop: StopState, before: unknown): Promise<void> {
    const { rows, broker } = world.service;
    const outgoing = await everyState(rows);
    for (const table of ['registrations', 'check_ins', 'sessions', 'listings'])
      await rows.query(`DELETE FROM ${table}`);
    const empty = await ask(getStopResults, { stopId: stop.id }, world.organizer);
    expect(empty.funnel[0]).toMatchObject({ numerator: 0, denominator: 0 });
    for (const { contract, id, data } of outgoing.toReversed())
      await publishState(broker, contract, id, data as never);
    await soon(async () => {
      expect(await ask(getTourStatistics, { tourId: world.tourId }, world.organizer)).toEqual(before);
    });
  }
});

/** What the owners would publish again: read back from the copies. */
async function everyState(rows: OutcomeWorld['service']['rows']) {
  const [registrations, checkIns, sessions, listings] = (await Promise.all(
    ['registrations', 'check_ins', 'sessions', 'listings'].map((table) =>
      rows.query(`SELECT * FROM ${table}`),
    ),
  )) as Record<string, string | boolean | number>[][];
  return [
    ...(registrations ?? []).map((row) => ({
      contract: registrationChanged,
      id: String(row['id']),
      data: {
        registrationId: row['id'],
        stopId: row['stop_id'],
        companyId: row['company_id'],
        status: row['confirmed'] === true ? 'confirmed' : 'cancelled',
        seats: row['seats'],
        version: row['version'],
      },
    })),
    ...(checkIns ?? []).map((row) => ({
      contract: checkInChanged,
      id: String(row['delegate_id']),
      data: {
        delegateId: row['delegate_id'],
        registrationId: row['registration_id'],
        stopId: randomUUID(),
        companyId: randomUUID(),
        checkedInAt: row['checked_in'] === true ? '2026-01-16T01:10:00Z' : null,
        version: row['version'],
      },
    })),
    ...(sessions ?? []).map((row) => ({
      contract: sessionChanged,
      id: String(row['id']),
      data: {
        sessionId: row['id'],
        stopId: row['stop_id'],
        organizationId: randomUUID(),
        companyId: null,
        status: row['scheduled'] === true ? 'scheduled' : 'accepted',
        roomId: null,
        startsAt: null,
        endsAt: null,
        version: row['version'],
      },
    })),
    ...(listings ?? []).map((row) => ({
      contract: listingChanged,
      id: String(row['id']),
      data: {
        listingId: row['id'],
        tourId: row['tour_id'],
        organizationId: randomUUID(),
        companyId: row['company_id'],
        side: 'offer',
        state: 'published',
        concepts: [],
        expiresAt: '2027-01-01T00:00:00Z',
        publishedAt: row['ever_published'] === true ? '2026-01-01T00:00:00Z' : null,
        version: row['version'],
      },
    })),
  ];
}
