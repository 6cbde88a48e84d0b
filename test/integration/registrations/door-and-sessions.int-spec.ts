import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as newId } from 'uuid';
import { soon } from '#service/testing/patience';
import {
  cancelRegistration,
  checkInDelegate,
  exportRegistrationsCsv,
  exportRegistrationsXlsx,
  getAttendance,
  getBadge,
  listSignups,
  registerDelegation,
  registrationsCatchUpOnSession,
  registrationsCatchUpOnStop,
  removeDelegate,
  removeSignup,
  sessionChanged,
  signUpDelegates,
  substituteDelegate,
  systemCaller,
  undoCheckIn,
  type Caller,
  type Registration,
  type SessionState,
  type StopState,
} from '../../../libs/contracts/src/index.js';
import { service as registrations } from '../../../apps/registrations/src/service.js';
import { publishState } from '../notifications/published-events.js';
import { TestedService } from '../../support/tested-service.js';
import { OtherServices, delegates, organizationId, organizer } from './other-services.js';

const others = new OtherServices();
let tested: TestedService;

beforeAll(async () => {
  tested = await TestedService.start(registrations, others.answers);
});
afterAll(() => tested.stop());

const register = (stopId: string, caller: Caller, seats: number) =>
  tested.ask(registerDelegation, { stopId, body: { delegates: delegates(seats) } }, caller);

const badgesOf = (registration: Registration) => registration.delegates.map(({ badge }) => badge ?? '');
const idsOf = (registration: Registration) => registration.delegates.map(({ id }) => id);

describe('the door', () => {
  const scan = (stopId: string, badge: string, at?: string, caller: Caller = staffOf(stopId)) =>
    tested.ask(checkInDelegate, { stopId, body: { badge, ...(at === undefined ? {} : { at }) } }, caller);
  const refused = (stopId: string, badge: string, caller: Caller = staffOf(stopId)) =>
    tested.refusal(checkInDelegate, { stopId, body: { badge } }, caller).then(({ code }) => code);
  const staffOf = (stopId: string): Caller => ({ role: 'staff', keyId: 'door', organizationId, stopId });

  it('lets a badge in once and keeps the earliest time of scans sent again', async () => {
    const stop = others.stop({ startsAt: new Date(Date.now() + 3_600_000).toISOString() });
    const made = await register(stop.id, others.company(), 2);
    const [badge = ''] = badgesOf(made);
    const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();
    await registeredAnHourAgo(made.id);
    const [first, late] = [secondsAgo(30 * 60), secondsAgo(40 * 60)];
    expect(await scan(stop.id, badge, first)).toMatchObject({ checkedInAt: first, repeated: false });
    expect(await scan(stop.id, badge)).toMatchObject({ checkedInAt: first, repeated: true });
    expect(await scan(stop.id, badge, late)).toMatchObject({ checkedInAt: late, repeated: true });
    const absurd = await scan(stop.id, badge, '2001-01-01T00:00:00Z');
    expect(absurd).toMatchObject({ checkedInAt: late, repeated: true, adjusted: true });
    expect(await tested.ask(getAttendance, { stopId: stop.id }, organizer)).toMatchObject({
      expected: 2,
      checkedIn: 1,
      noShows: 1,
      companies: [{ expected: 2, checkedIn: 1 }],
    });
  });

  /** Nobody comes before having registered. */
  const registeredAnHourAgo = (id: string) =>
    tested.rows.query(`UPDATE registrations SET created_at = now() - interval '1 hour' WHERE id = $1`, [id]);

  it('lets in by the id as well, and takes a check-in back, twice the same', async () => {
    const stop = others.stop();
    const made = await register(stop.id, others.company(), 2);
    const [delegateId = ''] = idsOf(made);
    const byId = { stopId: stop.id, body: { delegateId } };
    expect(await tested.ask(checkInDelegate, byId, staffOf(stop.id))).toMatchObject({
      delegate: { id: delegateId },
      repeated: false,
    });
    const undo = { stopId: stop.id, delegateId };
    expect(await tested.ask(undoCheckIn, undo, staffOf(stop.id))).toBeNull();
    expect(await tested.ask(undoCheckIn, undo, staffOf(stop.id))).toBeNull();
    expect(await tested.ask(getAttendance, { stopId: stop.id }, organizer)).toMatchObject({ checkedIn: 0 });
    const lines = (await tested.rows.query(
      `SELECT action FROM audit WHERE resource_id = $1 AND action LIKE '%check_in' ORDER BY id`,
      [made.id],
    )) as { action: string }[];
    expect(lines.map(({ action }) => action)).toEqual([
      'registration.check_in',
      'registration.undo_check_in',
    ]);
    const other = others.stop();
    for (const contract of [checkInDelegate, undoCheckIn] as const) {
      const input = contract === undoCheckIn ? { ...undo, stopId: other.id } : { ...byId, stopId: other.id };
      const { code } = await tested.refusal(contract as typeof undoCheckIn, input as never, organizer);
      expect(code).toBe('resource.not_found');
    }
  });

  it('has a problem code each: unknown, of another stop, replaced, of a cancelled registration', async () => {
    const [stop, other] = [others.stop(), others.stop()];
    const company = others.company();
    const made = await register(stop.id, company, 2);
    const [badge = '', second = ''] = badgesOf(made);
    const [delegateId = ''] = idsOf(made);
    await scan(stop.id, badge);
    expect(await refused(stop.id, 'NOBODY')).toBe('badge.unknown');
    expect(await refused(other.id, badge)).toBe('badge.wrong_stop');
    const changed = await tested.ask(
      substituteDelegate,
      { id: made.id, delegateId, body: { email: 'someone.else@example.com' } },
      company,
    );
    expect(await refused(stop.id, badge)).toBe('badge.not_valid');
    const [renewed = ''] = badgesOf(changed);
    expect(await scan(stop.id, renewed)).toMatchObject({ repeated: false });
    await tested.ask(cancelRegistration, { id: made.id }, company);
    expect(await refused(stop.id, second)).toBe('badge.not_valid');
  });

  it('is kept by the staff of this stop and its organizer alone', async () => {
    const [stop, other] = [others.stop(), others.stop()];
    const [badge = ''] = badgesOf(await register(stop.id, others.company(), 1));
    expect(await refused(stop.id, badge, staffOf(other.id))).toBe('resource.not_found');
    expect(await refused(stop.id, badge, { ...organizer, organizationId: newId() })).toBe(
      'resource.not_found',
    );
    expect(await scan(stop.id, badge, undefined, organizer)).toMatchObject({ repeated: false });
  });

  it('lets 64 in at once on ten connections', async () => {
    const stop = others.stop({ capacity: 640 });
    const made = await Promise.all(Array.from({ length: 64 }, () => register(stop.id, others.company(), 10)));
    for (let round = 0; round < 10; round += 1) {
      const scans = made.map((one) => {
        const body = { badge: badgesOf(one)[round] ?? '' };
        return tested.askOnce(checkInDelegate, { stopId: stop.id, body }, staffOf(stop.id));
      });
      for (const answer of await Promise.all(scans)) expect(answer).toMatchObject({ repeated: false });
    }
    expect(await tested.ask(getAttendance, { stopId: stop.id }, organizer)).toMatchObject({
      expected: 640,
      checkedIn: 640,
    });
  });

  it('would not, did each of them take a second connection inside its transaction', async () => {
    const { rows } = tested;
    const scans = Array.from({ length: 64 }, () =>
      rows.transaction(async (manager) => {
        await manager.query('SELECT 1');
        await rows.query('SELECT 1');
      }),
    );
    const ends = await Promise.allSettled(scans);
    expect(ends.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
  });

  it('counts two scans of one badge at once as one', async () => {
    const stop = others.stop();
    const [badge = ''] = badgesOf(await register(stop.id, others.company(), 1));
    const answers = await Promise.all(Array.from({ length: 8 }, () => scan(stop.id, badge)));
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(answers.map(({ checkedInAt }) => checkedInAt)).size).toBe(1);
  });

  it('has a badge to show while the registration is confirmed', async () => {
    const stop = others.stop();
    const company = others.company();
    const made = await register(stop.id, company, 1);
    const input = { id: made.id, delegateId: idsOf(made)[0] ?? '' };
    expect((await tested.ask(getBadge, input, company)).svg).toContain('<svg');
    expect((await tested.refusal(getBadge, input, others.company())).code).toBe('resource.not_found');
    await tested.ask(cancelRegistration, { id: made.id }, company);
    expect((await tested.refusal(getBadge, input, company)).code).toBe('badge.not_valid');
  });
});

describe('exports', () => {
  it('hold one row a delegate, readable in Excel, and nothing that runs', async () => {
    const stop = others.stop({ capacity: 2 });
    const hostile = [
      { name: '=cmd|calc', email: 'a@example.com' },
      { name: '王, "小" 明', email: 'b@example.com' },
    ];
    const company = others.company();
    await tested.ask(registerDelegation, { stopId: stop.id, body: { delegates: hostile } }, company);
    await register(stop.id, others.company(), 1);
    const csv = await tested.ask(exportRegistrationsCsv, { stopId: stop.id }, organizer);
    const text = gunzipSync(Buffer.from(csv.gzipBase64, 'base64')).toString('utf8');
    expect(text.charCodeAt(0)).toBe(0xfeff);
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain("'=cmd|calc");
    expect(lines[2]).toContain('"王, ""小"" 明"');
    expect(lines[3]).toContain('waitlisted,1,');
    const xlsx = await tested.ask(
      exportRegistrationsXlsx,
      { stopId: stop.id, status: 'confirmed' },
      organizer,
    );
    expect(gunzipSync(Buffer.from(xlsx.gzipBase64, 'base64')).subarray(0, 2).toString()).toBe('PK');
  });

  it('say the stop, the day on which it begins there, and times of its clock', async () => {
    const stop = others.stop({
      name: { zh: '成都站' },
      timeZone: 'America/New_York',
      startsAt: '2028-01-16T02:00:00Z',
      endsAt: '2028-01-16T12:00:00Z',
      capacity: 500,
    });
    for (let count = 0; count < 60; count += 1) await register(stop.id, others.company(), 2);
    await tested.rows.query(
      `UPDATE registrations SET created_at = '2026-07-01T03:59:59Z'::timestamptz + seats * interval '1 second'
        WHERE stop_id = $1`,
      [stop.id],
    );
    const csv = await tested.ask(exportRegistrationsCsv, { stopId: stop.id }, organizer);
    expect(csv.fileName).toBe('registrations-成都站-2028-01-15.csv');
    const lines = gunzipSync(Buffer.from(csv.gzipBase64, 'base64')).toString().trim().split('\r\n');
    expect(lines).toHaveLength(121);
    expect(new Set(lines.slice(1).map((line) => line.split(',')[6])).size).toBe(120);
    for (const line of lines.slice(1)) {
      expect(line).toContain(',2026-07-01 00:00:01,');
      expect(line).toContain(',America/New_York');
    }
    const xlsx = await tested.ask(exportRegistrationsXlsx, { stopId: stop.id }, organizer);
    expect(xlsx.fileName).toBe('registrations-成都站-2028-01-15.xlsx');
  });

  it('of a stop that is known from before names were kept ask for them', async () => {
    const stop = others.stop({
      name: { en: 'Xi’an' },
      startsAt: '2028-01-16T02:00:00Z',
      endsAt: '2028-01-16T12:00:00Z',
    });
    await register(stop.id, others.company(), 1);
    await tested.rows.query('UPDATE stops SET name = NULL, time_zone = NULL WHERE stop_id = $1', [stop.id]);
    const { fileName } = await tested.ask(exportRegistrationsCsv, { stopId: stop.id }, organizer);
    expect(fileName).toBe('registrations-Xi’an-2028-01-16.csv');
  });
});

describe('sign-ups', () => {
  const hourMs = 3_600_000;
  const at = (hours: number) => new Date(Date.now() + hours * hourMs).toISOString();
  const room = (seats: number) => ({ id: newId(), name: { en: 'Room' }, seats });
  const stopWith = (...rooms: StopState['rooms']) => others.stop({ rooms, capacity: 100 });

  function session(stop: StopState, changes: Partial<SessionState> = {}): SessionState {
    const state: SessionState = {
      sessionId: newId(),
      stopId: stop.id,
      organizationId,
      companyId: null,
      status: 'scheduled',
      roomId: stop.rooms[0]?.id ?? null,
      startsAt: at(25),
      endsAt: at(26),
      version: 1,
      ...changes,
    };
    others.sessions.set(state.sessionId, state);
    return state;
  }

  const signUp = (id: string, caller: Caller, delegateIds: string[]) =>
    tested.ask(signUpDelegates, { id, body: { delegateIds } }, caller);
  const refused = (id: string, caller: Caller, delegateIds: string[]) =>
    tested.refusal(signUpDelegates, { id, body: { delegateIds } }, caller).then(({ code }) => code);

  it('take seats of the room, all or none, and twice is harmless', async () => {
    const stop = stopWith(room(3));
    const { sessionId } = session(stop);
    const [company, other] = [others.company(), others.company()];
    const [own, theirs] = [
      idsOf(await register(stop.id, company, 2)),
      idsOf(await register(stop.id, other, 2)),
    ];
    expect(await signUp(sessionId, company, own)).toEqual({ seats: { total: 3, taken: 2 } });
    expect(await signUp(sessionId, company, own)).toEqual({ seats: { total: 3, taken: 2 } });
    expect(await refused(sessionId, other, theirs)).toBe('session.full');
    expect(await refused(sessionId, other, own)).toBe('signup.not_confirmed');
    expect(await signUp(sessionId, other, theirs.slice(0, 1))).toEqual({ seats: { total: 3, taken: 3 } });
    expect((await tested.ask(listSignups, { id: sessionId }, organizer)).items).toHaveLength(3);
    expect((await tested.ask(listSignups, { id: sessionId }, other)).items).toHaveLength(1);
    const [first = ''] = own;
    expect((await tested.refusal(removeSignup, { id: sessionId, delegateId: first }, other)).code).toBe(
      'resource.not_found',
    );
    expect(await tested.ask(removeSignup, { id: sessionId, delegateId: first }, company)).toBeNull();
    expect((await tested.ask(listSignups, { id: sessionId }, organizer)).seats).toEqual({
      total: 3,
      taken: 2,
    });
  });

  it('never overlap, but a session moved onto another keeps both and says so', async () => {
    const stop = stopWith(room(9));
    const [morning, same] = [session(stop), session(stop)];
    const later = session(stop, { startsAt: at(27), endsAt: at(28) });
    const company = others.company();
    const ids = idsOf(await register(stop.id, company, 1));
    await signUp(morning.sessionId, company, ids);
    expect(await refused(same.sessionId, company, ids)).toBe('signup.overlap');
    await signUp(later.sessionId, company, ids);
    const { startsAt, endsAt } = morning;
    others.sessions.set(later.sessionId, { ...later, startsAt, endsAt, version: 2 });
    await tested.ask(registrationsCatchUpOnSession, { id: later.sessionId, version: 2 }, systemCaller);
    for (const { sessionId } of [morning, later]) {
      expect((await tested.ask(listSignups, { id: sessionId }, company)).items).toMatchObject([
        { overlap: true },
      ]);
    }
  });

  it('are refused while a delegate has a meeting', async () => {
    const stop = stopWith(room(9));
    const [during, after] = [session(stop), session(stop, { startsAt: at(27), endsAt: at(28) })];
    const company = others.company();
    const [busy = '', free = ''] = idsOf(await register(stop.id, company, 2));
    others.meetingTimes.push({ delegateId: busy, from: at(25.5), to: at(25.8) });
    expect(await refused(during.sessionId, company, [busy, free])).toBe('signup.overlap');
    expect((await signUp(during.sessionId, company, [free])).seats.taken).toBe(1);
    expect((await signUp(after.sessionId, company, [busy])).seats.taken).toBe(1);
  });

  it('end with the registration, with the session, and with the stop', async () => {
    const stop = stopWith(room(9));
    const [kept, cancelled] = [session(stop), session(stop, { startsAt: at(27), endsAt: at(28) })];
    const companies = [others.company(), others.company()] as const;
    const made = [
      await register(stop.id, companies[0], 1),
      await register(stop.id, companies[1], 1),
    ] as const;
    for (const { sessionId } of [kept, cancelled]) {
      await signUp(sessionId, companies[0], idsOf(made[0]));
      await signUp(sessionId, companies[1], idsOf(made[1]));
    }
    const taken = async (id: string) => (await tested.ask(listSignups, { id }, organizer)).seats.taken;
    await tested.ask(cancelRegistration, { id: made[0].id }, companies[0]);
    expect([await taken(kept.sessionId), await taken(cancelled.sessionId)]).toEqual([1, 1]);
    others.sessions.set(cancelled.sessionId, { ...cancelled, status: 'cancelled', version: 2 });
    await tested.ask(registrationsCatchUpOnSession, { id: cancelled.sessionId, version: 2 }, systemCaller);
    expect([await taken(kept.sessionId), await taken(cancelled.sessionId)]).toEqual([1, 0]);
    const { version } = others.changeStop(stop, { status: 'cancelled' });
    await tested.ask(registrationsCatchUpOnStop, { id: stop.id, version }, systemCaller);
    expect(await taken(kept.sessionId)).toBe(0);
    // Each of the four that ended has its line, with what ended it.
    const lines = await endedOf(made.map(({ id }) => id));
    const [first, second] = [idsOf(made[0]), idsOf(made[1])];
    expect(lines.toSorted(bySession)).toEqual(
      [
        { id: made[0].id, sessionId: kept.sessionId, delegateIds: first, keyId: companies[0].keyId },
        { id: made[0].id, sessionId: cancelled.sessionId, delegateIds: first, keyId: companies[0].keyId },
        { id: made[1].id, sessionId: cancelled.sessionId, delegateIds: second, keyId: null },
        { id: made[1].id, sessionId: kept.sessionId, delegateIds: second, keyId: null },
      ].toSorted(bySession),
    );
  });

  it('follow the newest of many events that arrive together, and one that can’t be read holds up no other', async () => {
    const stop = stopWith(room(9));
    const sessions = Array.from({ length: 30 }, (_, hour) =>
      session(stop, { startsAt: at(24 + hour / 10), endsAt: at(24 + (hour + 1) / 10) }),
    );
    const company = others.company();
    const { id, ...made } = await register(stop.id, company, 1);
    const [first, second] = sessions as [SessionState, SessionState];
    for (const { sessionId } of sessions) await signUp(sessionId, company, idsOf({ id, ...made }));
    const publish = (state: object) =>
      publishState(tested.broker, sessionChanged, (state as SessionState).sessionId, state);
    const ended = (state: SessionState) => ({ ...state, status: 'cancelled' as const, version: 3 });
    const poison = { ...ended(first), sessionId: newId(), stopId: 7 };
    await Promise.all([
      publish(poison),
      // An older state after a newer one, and one twice.
      ...sessions.slice(1).flatMap((one) => [ended(one), { ...one, version: 2 }].map(publish)),
      publish(ended(second)),
    ]);
    const ends = async () => (await endedOf([id])).map(({ sessionId }) => sessionId).toSorted();
    const expected = sessions.slice(1).map(({ sessionId }) => sessionId);
    await soon(async () => expect(await ends()).toEqual(expected.toSorted()));
    await soon(async () => {
      const letters: { payload: string }[] = await tested.rows.query('SELECT payload FROM dead_letters');
      expect(letters.filter(({ payload }) => payload.includes(poison.sessionId))).toHaveLength(1);
    });
    const taken = async (sessionId: string) =>
      (await tested.ask(listSignups, { id: sessionId }, organizer)).seats.taken;
    expect([await taken(first.sessionId), await taken(second.sessionId)]).toEqual([1, 0]);
    const [known]: { status: string; version: number }[] = await tested.rows.query(
      'SELECT status, version FROM sessions WHERE session_id = $1',
      [second.sessionId],
    );
    expect(known).toEqual({ status: 'cancelled', version: 3 });
  });

  it('end with the delegate who is removed, and only those', async () => {
    const stop = stopWith(room(9));
    const { sessionId } = session(stop);
    const company = others.company();
    const { id, ...made } = await register(stop.id, company, 2);
    const [gone = '', stays = ''] = made.delegates.map((one) => one.id);
    await signUp(sessionId, company, [gone, stays]);
    await tested.ask(removeDelegate, { id, delegateId: gone }, company);
    expect(await endedOf([id])).toEqual([{ id, sessionId, delegateIds: [gone], keyId: company.keyId }]);
  });

  const endedOf = async (registrationIds: string[]) =>
    (await tested.rows.query(
      `SELECT resource_id AS id, before->>'sessionId' AS "sessionId", before->'delegateIds' AS "delegateIds",
              actor_key_id AS "keyId"
         FROM audit WHERE action = 'registration.end_sign_up' AND resource_id = ANY($1::uuid[]) ORDER BY at, resource_id`,
      [registrationIds],
    )) as EndedLine[];
  const bySession = (a: EndedLine, b: EndedLine) =>
    `${a.id} ${a.sessionId}` < `${b.id} ${b.sessionId}` ? -1 : 1;

  it('for a session that has ended are history', async () => {
    const hall = room(5);
    const stop = others.stop({ rooms: [hall], capacity: 100, startsAt: at(-3), endsAt: at(5) });
    const talk = session(stop, { roomId: hall.id, startsAt: at(-2), endsAt: at(1) });
    const company = others.company();
    const made = await register(stop.id, company, 1);
    const [delegateId = ''] = idsOf(made);
    await tested.ask(signUpDelegates, { id: talk.sessionId, body: { delegateIds: [delegateId] } }, company);
    await tested.rows.query(`UPDATE sessions SET ends_at = now() WHERE session_id = $1`, [talk.sessionId]);
    for (const caller of [company, organizer]) {
      const { code } = await tested.refusal(removeSignup, { id: talk.sessionId, delegateId }, caller);
      expect(code).toBe('session.closed');
    }
  });
});

interface EndedLine {
  id: string;
  sessionId: string;
  delegateIds: string[];
  keyId: string | null;
}
