import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  acceptSession,
  cancelSession,
  getSession,
  getSessionState,
  listBlockedTimes,
  listSessions,
  proposeSession,
  releaseTimetable,
  reviewSession,
  scheduleSession,
  sessionsCatchUpOnStop,
  swapSessions,
  unscheduleSession,
  updateSession,
  withdrawSession,
  type Caller,
  type Session,
  type StopState,
} from '../../../libs/contracts/src/index.js';
import { Programme } from './programme.js';

let programme: Programme;
const nine = '2036-12-12T01:00:00Z';
const half = '2036-12-12T01:30:00Z';
const ten = '2036-12-12T02:00:00Z';
const admin: Caller = { role: 'admin', keyId: null };
const nobody: Caller = { role: 'public', keyId: null };

beforeAll(async () => {
  programme = await Programme.start();
});
afterAll(() => programme.end());

const swap = (session: Session, other: { id: string }) =>
  programme.service.ask(swapSessions, { id: session.id, body: { withId: other.id } }, programme.organizer);
const refusedSwap = (session: Session, other: { id: string }) =>
  programme.service.refusal(
    swapSessions,
    { id: session.id, body: { withId: other.id } },
    programme.organizer,
  );
const read = (id: string) => programme.service.ask(getSession, { id }, programme.organizer);

describe('a session that has ended', () => {
  const minutesFromNow = (minutes: number) =>
    new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+Z/, 'Z');

  it('takes no move and no change any more, and neither does a stop', async () => {
    const { service, organizer } = programme;
    const company = programme.companyCaller();
    const stop = programme.stop({ startsAt: minutesFromNow(-180), endsAt: minutesFromNow(60) });
    const accepted = await programme.acceptedFrom(stop, company);
    const ended = await programme.schedule(accepted, stop, 0, minutesFromNow(-120));
    const running = await programme.scheduled(stop, 0, minutesFromNow(-10));
    const { id } = ended;
    const place = { roomId: stop.rooms[1]?.id ?? '', startsAt: minutesFromNow(10) };
    const refusals = [
      await service.refusal(updateSession, { id, body: { track: 'A' } }, organizer),
      await service.refusal(updateSession, { id, body: { track: 'A' } }, company),
      await service.refusal(unscheduleSession, { id }, organizer),
      await service.refusal(scheduleSession, { id, body: place }, organizer),
      await service.refusal(withdrawSession, { id }, company),
      await service.refusal(cancelSession, { id }, organizer),
      await service.refusal(acceptSession, { id }, organizer),
      await refusedSwap(ended, running),
      await refusedSwap(running, ended),
      await service.refusal(reviewSession, { id, body: { score: 5 } }, organizer),
    ];
    expect(refusals.map(({ code }) => code)).toEqual(refusals.map(() => 'session.closed'));
    expect(await read(id)).toEqual(ended);
    const other = await service.ask(updateSession, { id: running.id, body: { track: 'A' } }, organizer);
    expect(other.track).toBe('A');
  });

  it('closes the programme of a stop that is over, whether or not somebody completed it', async () => {
    const { service, organizer } = programme;
    const stop = programme.stop({ startsAt: minutesFromNow(-180), endsAt: minutesFromNow(60) });
    const { id } = await programme.accepted(stop);
    await programme.changeStop(stop.id, { endsAt: minutesFromNow(-1) });
    const refusals = [
      await service.refusal(proposeSession, { stopId: stop.id, body: programme.talk() }, organizer),
      await service.refusal(updateSession, { id, body: { track: 'A' } }, organizer),
      await service.refusal(reviewSession, { id, body: { score: 5 } }, organizer),
      await service.refusal(releaseTimetable, { stopId: stop.id }, organizer),
    ];
    expect(refusals.map(({ code }) => code)).toEqual(refusals.map(() => 'session.closed'));
  });
});

describe('speakers', () => {
  it('keep their ids, and leave no personal data in events', async () => {
    const { service, organizer } = programme;
    const stop = programme.stop();
    const email = `${randomUUID()}@example.com`;
    const session = await programme.accepted(stop, { speakers: [{ name: '张三', email, language: 'zh' }] });
    expect(session.speakers).toEqual([
      { name: '张三', email, organization: null, jobTitle: null, language: 'zh', mayOverlap: false },
    ]);
    const before = await service.ask(getSessionState, { id: session.id }, admin);
    const speakers = [
      { name: '李四', email: `${randomUUID()}@example.com` },
      { name: 'Zhang San', email: email.toUpperCase() },
    ];
    await service.ask(updateSession, { id: session.id, body: { speakers } }, organizer);
    const after = await service.ask(getSessionState, { id: session.id }, admin);
    const [first] = before.session?.speakerIds ?? [];
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(after.session?.speakerIds?.[1]).toBe(first);
    expect(after.session?.speakerIds?.[0]).not.toBe(first);
    expect(JSON.stringify(after)).not.toMatch(/@|Zhang/);
  });

  it('stand once in a session, in whatever case their address is written', async () => {
    const stop = programme.stop();
    const body = programme.talk({
      speakers: [
        { name: 'A', email: 't@example.com' },
        { name: 'B', email: 'T@Example.com' },
      ],
    });
    const propose = () =>
      programme.service.ask(proposeSession, { stopId: stop.id, body }, programme.organizer);
    await expect(async () => propose()).rejects.toMatchObject({
      code: 'request.invalid',
      extra: { errors: [{ pointer: '/speakers/1/email' }] },
    });
  });

  it('that may overlap are in several places at once; the others are not', async () => {
    const { service, organizer } = programme;
    const stop = programme.stop();
    const email = `${randomUUID()}@example.com`;
    const team = { name: '组委会', email, mayOverlap: true };
    await programme.scheduled(stop, 0, nine, { speakers: [team] });
    const second = await programme.scheduled(stop, 1, nine, { speakers: [team] });
    expect(second.speakers).toMatchObject([{ email, mayOverlap: true }]);
    const unmarked = { id: second.id, body: { speakers: [{ name: '组委会', email }] } };
    expect(await service.ask(updateSession, unmarked, organizer)).toMatchObject({
      speakers: [{ mayOverlap: false }],
    });
    const third = await programme.accepted(stop, { speakers: [{ name: '组委会', email }] });
    const place = { roomId: stop.rooms[0]?.id ?? '', startsAt: '2036-12-12T01:15:00Z' };
    const refused = await service.refusal(scheduleSession, { id: third.id, body: place }, organizer);
    expect(refused.code).toBe('session.room_conflict');
    const company = programme.companyCaller();
    const proposal = programme.talk({ speakers: [team] });
    const marked = await service.refusal(proposeSession, { stopId: stop.id, body: proposal }, company);
    expect(marked.extra.errors).toMatchObject([{ pointer: '/speakers/0/mayOverlap' }]);
  });
});

describe('two sessions that change places', () => {
  it('do so in one step, with an event and an audit line each', async () => {
    const stop = programme.stop();
    const [first, second] = [
      await programme.scheduled(stop, 0, nine),
      await programme.scheduled(stop, 1, ten, { durationMinutes: 45 }),
    ];
    const [one, two] = stop.rooms.map((room) => room.id);
    expect(await swap(first, second)).toMatchObject({
      id: first.id,
      roomId: two,
      startsAt: ten,
      endsAt: '2036-12-12T02:30:00Z',
      version: first.version + 1,
    });
    expect(await read(second.id)).toMatchObject({
      roomId: one,
      startsAt: nine,
      endsAt: '2036-12-12T01:45:00Z',
      version: second.version + 1,
    });
    const { rows } = programme.service;
    const audited = await rows.query(
      `SELECT resource_id FROM audit WHERE action = 'session.swap' AND resource_id IN ($1, $2)`,
      [first.id, second.id],
    );
    const published = await rows.query(
      `SELECT 1 FROM outbox WHERE aggregate_id IN ($1, $2)
          AND (payload::json->'data'->>'version')::int = $3`,
      [first.id, second.id, first.version + 1],
    );
    expect([audited.length, published.length]).toEqual([2, 2]);
  });

  it('also where one speaker is in both, or the rooms touch', async () => {
    const stop = programme.stop();
    const speakers = [{ name: '张三', email: `${randomUUID()}@example.com` }];
    const [first, second] = [
      await programme.scheduled(stop, 0, nine, { speakers }),
      await programme.scheduled(stop, 0, half, { speakers }),
    ];
    expect(await swap(first, second)).toMatchObject({ startsAt: half });
  });

  it('stay where they are where a third is in the way, which is named', async () => {
    const stop = programme.stop();
    const [first, second, third] = [
      await programme.scheduled(stop, 0, nine),
      await programme.scheduled(stop, 1, nine, { durationMinutes: 60 }),
      await programme.scheduled(stop, 0, half),
    ];
    const refused = await refusedSwap(first, second);
    expect(refused.code).toBe('session.room_conflict');
    expect(refused.extra.conflicts).toMatchObject([{ sessionId: third.id }]);
    expect(await read(first.id)).toEqual(first);
    expect(await read(second.id)).toEqual(second);
  });

  it('are two scheduled ones of one stop', async () => {
    const [stop, other] = [programme.stop(), programme.stop()];
    const scheduled = await programme.scheduled(stop, 0, nine);
    const accepted = await programme.accepted(stop);
    const elsewhere = await programme.scheduled(other, 0, nine);
    expect((await refusedSwap(scheduled, accepted)).code).toBe('session.invalid_transition');
    expect((await refusedSwap(accepted, scheduled)).code).toBe('session.invalid_transition');
    for (const withId of [scheduled.id, elsewhere.id, randomUUID()]) {
      const refused = await refusedSwap(scheduled, { id: withId });
      expect(refused.extra.errors).toMatchObject([{ pointer: '/withId' }]);
    }
    const input = { id: scheduled.id, body: { withId: accepted.id } };
    const { service } = programme;
    expect((await service.refusal(swapSessions, input, programme.companyCaller())).code).toBe(
      'resource.not_found',
    );
    expect((await service.refusal(swapSessions, input, programme.organizer, { ifMatch: 1 })).code).toBe(
      'precondition.failed',
    );
  });
});

describe('blocked times', () => {
  it('are refused, and the times between them are not', async () => {
    const { service, organizer } = programme;
    const [stop, mianyang] = [programme.stop(), programme.stopInMianyang()];
    const speakers = [{ name: '张三', email: `${randomUUID()}@example.com` }];
    await programme.scheduled(stop, 0, ten);
    await programme.scheduled(stop, 1, half, { speakers });
    await programme.scheduled(mianyang, 0, '2036-12-12T08:00:00Z', { speakers });
    const session = await programme.accepted(stop, { speakers, durationMinutes: 20 });
    const { items } = await service.ask(listBlockedTimes, { id: session.id }, organizer);
    expect(items).toHaveLength(6);
    for (const [index, room] of stop.rooms.entries()) {
      for (let minute = -20; minute <= 480; minute += 20) {
        const startsAt = new Date(Date.parse(nine) + minute * 60_000).toISOString();
        const isBlocked = items.find(
          (item) =>
            (item.roomId ?? room.id) === room.id &&
            Date.parse(startsAt) > Date.parse(item.from) &&
            Date.parse(startsAt) < Date.parse(item.to),
        );
        const outcome = await programme.schedule(session, stop, index, startsAt).then(
          () => undefined,
          (problem: { code: string }) => problem.code,
        );
        expect([index, startsAt, outcome === undefined]).toEqual([index, startsAt, isBlocked === undefined]);
      }
    }
    await service.ask(unscheduleSession, { id: session.id }, organizer);
    const page = await service.ask(listBlockedTimes, { id: session.id, limit: 2 }, organizer);
    const rest = await service.ask(
      listBlockedTimes,
      { id: session.id, cursor: page.nextCursor ?? '' },
      organizer,
    );
    expect([...page.items, ...rest.items]).toEqual(items);
    const refused = await service.refusal(listBlockedTimes, { id: session.id }, programme.companyCaller());
    expect(refused.code).toBe('auth.forbidden');
  });
});

describe('one session', () => {
  const released = (stop: StopState) =>
    programme.service.ask(releaseTimetable, { stopId: stop.id }, programme.organizer);

  it('is public as it stands in the latest release', async () => {
    const { service, organizer } = programme;
    const stop = programme.stop();
    const session = await programme.scheduled(stop, 0, nine, { title: { zh: '原题' } });
    const other = await programme.accepted(stop);
    const hidden = () => service.refusal(getSession, { id: session.id }, nobody);
    expect((await hidden()).code).toBe('resource.not_found');
    await released(stop);
    await service.ask(updateSession, { id: session.id, body: { title: { zh: '新题' } } }, organizer);
    await service.ask(unscheduleSession, { id: session.id }, organizer);
    const shown = await service.ask(getSession, { id: session.id }, nobody);
    expect(shown).toEqual({
      id: session.id,
      stopId: stop.id,
      title: { zh: '原题' },
      abstract: null,
      kind: 'sharing',
      track: null,
      language: null,
      speakers: [{ name: '张三', organization: null, jobTitle: null }],
      companyId: null,
      roomId: stop.rooms[0]?.id,
      startsAt: nine,
      endsAt: half,
    });
    expect(await service.ask(getSession, { id: session.id }, programme.companyCaller())).toEqual(shown);
    expect((await service.refusal(getSession, { id: other.id }, nobody)).code).toBe('resource.not_found');
    expect(await read(session.id)).toMatchObject({ title: { zh: '新题' }, status: 'accepted' });
    await released(stop);
    expect((await hidden()).code).toBe('resource.not_found');
  });

  it('is listed by several states', async () => {
    const { service, organizer } = programme;
    const stop = programme.stop();
    const scheduled = await programme.scheduled(stop, 0, nine);
    const accepted = await programme.accepted(stop);
    await service.ask(cancelSession, { id: (await programme.accepted(stop)).id }, organizer);
    const { items } = await service.ask(
      listSessions,
      { stopId: stop.id, status: 'accepted,scheduled' },
      organizer,
    );
    expect(items.map(({ id }) => id)).toEqual([scheduled.id, accepted.id]);
    await expect(async () =>
      service.ask(listSessions, { stopId: stop.id, status: 'accepted,gone' }, organizer),
    ).rejects.toMatchObject({ code: 'request.invalid' });
  });
});

describe('a change of a stop that takes sessions their places', () => {
  it('names them to everybody who catches up on that version, and nobody else', async () => {
    const { service } = programme;
    const stop = programme.stop();
    await programme.scheduled(stop, 0, nine);
    const late = await programme.scheduled(stop, 0, '2036-12-12T08:00:00Z');
    const catchUp = (version: number) => service.ask(sessionsCatchUpOnStop, { id: stop.id, version }, admin);
    const shorter = await programme.changeStop(stop.id, { endsAt: '2036-12-12T08:10:00Z' });
    const named = { unscheduledSessions: [{ id: late.id, title: late.title, reason: expect.any(String) }] };
    expect(await catchUp(shorter.version)).toEqual(named);
    expect(await catchUp(shorter.version - 1)).toEqual({ unscheduledSessions: [] });
    const renamed = await programme.changeStop(stop.id, { name: { zh: '新名' } });
    expect(await catchUp(renamed.version)).toEqual({ unscheduledSessions: [] });
    expect(await catchUp(shorter.version)).toEqual(named);
    expect(await read(late.id)).not.toHaveProperty('unscheduledBy');
  });
});
