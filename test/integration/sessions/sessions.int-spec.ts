import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  acceptSession,
  cancelSession,
  getRoomsInUse,
  getSession,
  getSessionState,
  listReviews,
  listSessions,
  proposeSession,
  rejectSession,
  reviewSession,
  scheduleSession,
  sessionsCatchUpOnCompany,
  unscheduleSession,
  updateSession,
  withdrawSession,
  type Caller,
} from '../../../libs/contracts/src/index.js';
import { Programme } from './programme.js';

let programme: Programme;
const nine = '2036-12-12T01:00:00Z';
const half = '2036-12-12T01:30:00Z';
const ten = '2036-12-12T02:00:00Z';
const admin: Caller = { role: 'admin', keyId: null };
const stranger: Caller = { role: 'organizer', keyId: randomUUID(), organizationId: randomUUID() };

beforeAll(async () => {
  programme = await Programme.start();
});
afterAll(() => programme.end());

describe('the life of a session', () => {
  it('leads from a proposal to the timetable', async () => {
    const { service, organizer } = programme;
    const stop = programme.stop();
    const company = programme.companyCaller();
    const proposed = await programme.propose(stop, company);
    expect(proposed).toMatchObject({
      status: 'proposed',
      companyId: company.companyId,
      version: 1,
      roomId: null,
    });
    expect(Object.keys(proposed).at(-1)).toBe('version');
    const accepted = await service.ask(acceptSession, { id: proposed.id }, organizer);
    expect(accepted).toMatchObject({ status: 'accepted', version: 2 });
    const scheduled = await programme.schedule(accepted, stop, 0, nine);
    const place = { roomId: stop.rooms[0]?.id, startsAt: nine, endsAt: half };
    expect(scheduled).toMatchObject({ status: 'scheduled', ...place, version: 3 });
    expect(await service.ask(getRoomsInUse, { stopId: stop.id }, admin)).toEqual({
      roomIds: [stop.rooms[0]?.id],
    });
    const { session } = await service.ask(getSessionState, { id: proposed.id }, admin);
    expect(session).toMatchObject({ sessionId: proposed.id, status: 'scheduled', ...place, version: 3 });
    expect(JSON.stringify(session)).not.toContain('@');
  });

  it('leaves its place when it is taken off, withdrawn or cancelled, and others may have it', async () => {
    const { service, organizer } = programme;
    const stop = programme.stop();
    const company = programme.companyCaller();
    const speakers = [{ name: '李四', email: 'li.si@example.com' }];
    for (const [contract, caller, status] of [
      [unscheduleSession, organizer, 'accepted'],
      [withdrawSession, company, 'withdrawn'],
      [cancelSession, organizer, 'cancelled'],
    ] as const) {
      const session = await programme.acceptedFrom(stop, company, { speakers });
      await programme.schedule(session, stop, 0, nine);
      const moved = await service.ask(contract, { id: session.id, body: { reason: 'R' } }, caller);
      expect(moved).toMatchObject({ status, roomId: null, startsAt: null, endsAt: null, reason: 'R' });
    }
  });

  it('takes only the moves that its state and the caller allow', async () => {
    const { service, organizer } = programme;
    const stop = programme.stop();
    const company = programme.companyCaller();
    const { id } = await programme.propose(stop, company);
    const body = { roomId: stop.rooms[0]?.id ?? '', startsAt: nine };
    const codes = [
      await service.refusal(scheduleSession, { id, body }, organizer),
      await service.refusal(unscheduleSession, { id }, organizer),
      await service.refusal(withdrawSession, { id }, organizer),
      await service.refusal(acceptSession, { id }, company),
      await service.refusal(acceptSession, { id }, stranger),
      await service.refusal(withdrawSession, { id }, programme.companyCaller()),
      await service.refusal(acceptSession, { id: randomUUID() }, organizer),
      await service.refusal(acceptSession, { id }, organizer, { ifMatch: 9 }),
    ].map((problem) => problem.code);
    expect(codes).toEqual([
      'session.invalid_transition',
      'session.invalid_transition',
      'auth.forbidden',
      'auth.forbidden',
      'resource.not_found',
      'resource.not_found',
      'resource.not_found',
      'precondition.failed',
    ]);
    await service.ask(rejectSession, { id, body: { reason: 'full' } }, organizer);
    expect(await service.ask(getSession, { id }, company)).toMatchObject({
      status: 'rejected',
      reason: 'full',
    });
  });

  it('has one effect for one idempotency key, and leaves event and audit without people in them', async () => {
    const stop = programme.stop();
    const idempotency = { scope: randomUUID(), key: 'k', requestHash: 'h' };
    const body = programme.talk({ speakers: [{ name: '王五', email: 'wang@example.com' }] });
    const ask = () =>
      programme.service.ask(proposeSession, { stopId: stop.id, body }, programme.organizer, { idempotency });
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(second).toEqual(first);
    const { rows } = programme.service;
    const audit = await rows.query('SELECT action, after FROM audit WHERE resource_id = $1', [first.id]);
    expect(audit).toMatchObject([{ action: 'session.add', after: { status: 'accepted', speakers: 1 } }]);
    const events = await rows.query('SELECT payload FROM outbox WHERE aggregate_id = $1', [first.id]);
    expect(events).toHaveLength(1);
    expect(JSON.stringify([audit, events])).not.toMatch(/王五|wang/u);
  });
});

describe('proposals', () => {
  it('are refused by the stop in the order 404, suspended, cancelled or completed', async () => {
    const { service } = programme;
    const company = programme.companyCaller();
    const refusal = async (change: Parameters<Programme['stop']>[0]) => {
      const stopId = programme.stop(change).id;
      return (await service.refusal(proposeSession, { stopId, body: programme.talk() }, company)).code;
    };
    expect(await refusal({ status: 'draft', published: false })).toBe('resource.not_found');
    expect(await refusal({ status: 'cancelled', cancelReason: '暴雨' })).toBe('stop.cancelled');
    expect(await refusal({ status: 'completed' })).toBe('session.closed');
    programme.suspended.add(company.companyId ?? '');
    const id = company.companyId ?? '';
    await service.ask(sessionsCatchUpOnCompany, { id, version: 2 }, admin);
    expect(await refusal({ status: 'cancelled' })).toBe('company.suspended');
    const unknown = { stopId: randomUUID(), body: programme.talk() };
    expect((await service.refusal(proposeSession, unknown, company)).code).toBe('resource.not_found');
    expect((await service.refusal(proposeSession, unknown, stranger)).code).toBe('resource.not_found');
  });

  it('may be taken by an organizer while the stop is a draft', async () => {
    const stop = programme.stop({ status: 'draft', published: false });
    expect(await programme.accepted(stop)).toMatchObject({ status: 'accepted', companyId: null });
  });
});

describe('who sees what', () => {
  it('organizers all, a company its own and what is scheduled, without the addresses of others', async () => {
    const { service, organizer } = programme;
    const stop = programme.stop();
    const [own, other] = [programme.companyCaller(), programme.companyCaller()];
    const mine = await programme.propose(stop, own, { track: 'A' });
    const theirs = await programme.acceptedFrom(stop, other, { track: 'B' });
    const shown = await programme.schedule(await programme.acceptedFrom(stop, other), stop, 0, nine);
    const list = async (caller: Caller, more = {}) =>
      (await service.ask(listSessions, { stopId: stop.id, ...more }, caller)).items;
    expect((await list(organizer)).map((one) => one.id)).toEqual([mine.id, theirs.id, shown.id]);
    expect((await list(organizer, { track: 'B' })).map((one) => one.id)).toEqual([theirs.id]);
    expect((await list(organizer, { status: 'scheduled' })).map((one) => one.id)).toEqual([shown.id]);
    const seen = await list(own);
    expect(seen.map((one) => [one.id, 'email' in (one.speakers[0] ?? {})])).toEqual([
      [mine.id, true],
      [shown.id, false],
    ]);
    expect((await service.refusal(getSession, { id: theirs.id }, own)).code).toBe('resource.not_found');
    expect((await service.refusal(getSession, { id: mine.id }, stranger)).code).toBe('resource.not_found');
    expect((await service.refusal(updateSession, { id: shown.id, body: {} }, own)).code).toBe(
      'resource.not_found',
    );
    expect((await service.refusal(listSessions, { stopId: stop.id }, stranger)).code).toBe(
      'resource.not_found',
    );
  });

  it('page by page, and a foreign cursor is refused', async () => {
    const { service, organizer } = programme;
    const stop = programme.stop();
    const made = [];
    for (let count = 0; count < 5; count += 1) made.push((await programme.accepted(stop)).id);
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page: { limit: number; cursor?: string } = { limit: 2, ...(cursor ? { cursor } : {}) };
      const answer = await service.ask(listSessions, { stopId: stop.id, ...page }, organizer);
      found.push(...answer.items.map((one) => one.id));
      cursor = answer.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(found).toEqual(made);
    const foreign = Buffer.from('["no uuid"]').toString('base64url');
    const problem = await service.refusal(listSessions, { stopId: stop.id, cursor: foreign }, organizer);
    expect(problem.extra.errors).toEqual([expect.objectContaining({ parameter: 'cursor' })]);
  });
});

describe('edits', () => {
  it('merge texts, clear what is optional, and say where a patch leaves nothing', async () => {
    const { service } = programme;
    const stop = programme.stop();
    const company = programme.companyCaller();
    const { id } = await programme.propose(stop, company, { abstract: { zh: '摘要' }, track: 'A' });
    const body = { title: { en: 'Data' }, abstract: null, track: null };
    expect(await service.ask(updateSession, { id, body }, company)).toMatchObject({
      title: { zh: '数据集建设', en: 'Data' },
      abstract: null,
      track: null,
      version: 2,
    });
    const empty = { title: { zh: null, en: null } };
    const problem = await service.refusal(updateSession, { id, body: empty }, company);
    expect(problem.extra.errors).toEqual([expect.objectContaining({ pointer: '/title' })]);
  });

  it('of a scheduled session are the organizer’s, and check its place again', async () => {
    const { service, organizer } = programme;
    const stop = programme.stop();
    const company = programme.companyCaller();
    const session = await programme.schedule(await programme.acceptedFrom(stop, company), stop, 0, nine);
    const speakers = [{ name: '赵六', email: `${randomUUID()}@example.com` }];
    const after = await programme.scheduled(stop, 0, half, { speakers });
    const { id } = session;
    const update = (body: object, caller: Caller = organizer) =>
      service.refusal(updateSession, { id, body }, caller);
    expect((await update({ track: 'A' }, company)).code).toBe('session.invalid_transition');
    const longer = await update({ durationMinutes: 31 });
    expect(longer.code).toBe('session.room_conflict');
    expect(longer.extra.conflicts).toEqual([
      { sessionId: after.id, title: after.title, startsAt: half, endsAt: ten },
    ]);
    await programme.scheduled(stop, 1, nine, { speakers: [{ name: '钱七', email: 'qian@example.com' }] });
    const taken = await update({ speakers: [{ name: '钱七', email: 'QIAN@example.com' }] });
    expect(taken.code).toBe('session.speaker_conflict');
    expect(taken.detail).toMatch(/^钱七 speaks at the same time in/u);
    expect((await update({ durationMinutes: 480 })).code).toBe('session.room_conflict');
    const shorter = await service.ask(updateSession, { id, body: { durationMinutes: 20 } }, organizer);
    expect(shorter).toMatchObject({ startsAt: nine, endsAt: '2036-12-12T01:20:00Z', status: 'scheduled' });
  });
});

describe('places', () => {
  it('lie inside the stop and in one of its rooms', async () => {
    const { service, organizer } = programme;
    const [stop, other] = [programme.stop(), programme.stop()];
    await programme.accepted(other);
    const { id } = await programme.accepted(stop);
    const refusal = async (roomId: string | undefined, startsAt: string) => {
      const body = { roomId: roomId ?? '', startsAt };
      const problem = await service.refusal(scheduleSession, { id, body }, organizer);
      return problem.extra.errors ?? problem.code;
    };
    const [room, elsewhere] = [stop.rooms[0]?.id, other.rooms[0]?.id];
    expect(await refusal(room, '2036-12-12T00:59:00Z')).toBe('session.outside_stop');
    expect(await refusal(room, '2036-12-12T08:31:00Z')).toBe('session.outside_stop');
    expect(await refusal(room, '2199-12-30T23:59:00Z')).toBe('session.outside_stop');
    expect(await refusal(elsewhere, nine)).toBe('session.outside_stop');
    expect(await refusal(randomUUID(), nine)).toEqual([expect.objectContaining({ pointer: '/roomId' })]);
    expect(
      await programme.schedule(await programme.accepted(stop), stop, 0, '2036-12-12T16:30:00+08:00'),
    ).toMatchObject({ startsAt: '2036-12-12T08:30:00Z', endsAt: stop.endsAt });
  });

  it('keep speakers from two cities within the larger travel time, at prefecture level', async () => {
    const { service, organizer } = programme;
    const chengdu = programme.stop({ speakerTravelMinutes: 30 });
    const district = programme.stop({ city: { code: '510104', name: { zh: '锦江区' } } });
    const mianyang = programme.stopInMianyang({ speakerTravelMinutes: 60 });
    const speakers = [{ name: '张三', email: `${randomUUID()}@example.com` }];
    const first = await programme.scheduled(chengdu, 0, nine, { speakers });
    const near = await programme.accepted(district, { speakers });
    expect((await programme.schedule(near, district, 0, half)).status).toBe('scheduled');
    const far = await programme.accepted(mianyang, { speakers, durationMinutes: 5 });
    const at = (startsAt: string) => ({
      id: far.id,
      body: { roomId: mianyang.rooms[0]?.id ?? '', startsAt },
    });
    const problem = await service.refusal(scheduleSession, at('2036-12-12T02:59:00Z'), organizer);
    expect(problem.code).toBe('session.speaker_conflict');
    // The district's tour has the larger travel time of 240 minutes; it is what is said.
    expect(problem.detail).toContain('张三 needs 240 minutes of travel to or from 锦江区');
    expect(problem.extra.conflicts).toMatchObject([{ sessionId: near.id }]);
    await service.ask(unscheduleSession, { id: near.id }, organizer);
    const tooEarly = await service.refusal(scheduleSession, at('2036-12-12T02:29:00Z'), organizer);
    expect(tooEarly.extra.conflicts).toMatchObject([{ sessionId: first.id }]);
    expect((await service.ask(scheduleSession, at('2036-12-12T02:30:00Z'), organizer)).status).toBe(
      'scheduled',
    );
  });
});

describe('reviews', () => {
  it('are one per key, replaced, with their mean', async () => {
    const { service, organizer } = programme;
    const { id } = await programme.accepted(programme.stop());
    const second = { ...organizer, keyId: randomUUID() };
    const third = { ...organizer, keyId: randomUUID() };
    const put = (caller: Caller, score: number, comment?: string) =>
      service.ask(reviewSession, { id, body: { score, ...(comment ? { comment } : {}) } }, caller);
    expect((await service.ask(listReviews, { id }, organizer)).averageScore).toBeNull();
    const first = await put(organizer, 1, '好');
    expect(first).toMatchObject({ keyId: organizer.keyId, score: 1, comment: '好' });
    await put(second, 4);
    await put(third, 5);
    expect(await put(organizer, 5)).toMatchObject({ score: 5, comment: null, createdAt: first.createdAt });
    const page = await service.ask(listReviews, { id, limit: 1 }, organizer);
    expect(page).toMatchObject({ items: [{ keyId: organizer.keyId, score: 5 }], averageScore: 4.67 });
    const rest = await service.ask(listReviews, { id, cursor: page.nextCursor ?? '' }, organizer);
    expect(rest.items.map((one) => one.keyId)).toEqual([second.keyId, third.keyId]);
    const refused = await service.refusal(
      reviewSession,
      { id, body: { score: 5 } },
      programme.companyCaller(),
    );
    expect(refused.code).toBe('auth.forbidden');
    expect((await service.refusal(listReviews, { id }, stranger)).code).toBe('resource.not_found');
  });
});
