import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as newId } from 'uuid';
import {
  approveRegistration,
  cancelRegistration,
  checkInChanged,
  checkInDelegate,
  declineRegistration,
  eraseDelegate,
  exportRegistrations,
  getDeparted,
  getPeople,
  getRegistration,
  getSignupHolders,
  listAudience,
  registerDelegation,
  registrationChanged,
  registrationsCatchUpOnSession,
  registrationsCatchUpOnStop,
  removeDelegate,
  removeSignup,
  signUpDelegates,
  signUpsChanged,
  substituteDelegate,
  systemCaller,
  undoCheckIn,
  type Caller,
  type DataOf,
  type EventContract,
  type Registration,
  type SessionState,
  type StopState,
} from '../../../libs/contracts/src/index.js';
import { AdvisoryLocks, UnitOfWork, replayStates } from '../../../libs/persistence/src/index.js';
import { createLogger } from '../../../libs/service/src/index.js';
import { service as registrations } from '../../../apps/registrations/src/service.js';
import { PruneDepartedJob } from '../../../apps/registrations/src/people/prune-departed-job.service.js';
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
const idsOf = (registration: Registration) => registration.delegates.map(({ id }) => id);
const people = async (...registrationIds: string[]) =>
  (await tested.ask(getPeople, { registrationIds }, systemCaller)).registrations;
const departed = (registrationId: string) =>
  tested.ask(getDeparted, { registrationIds: [registrationId] }, systemCaller).then(({ items }) => items);
const substitute = (made: Registration, delegateId: string, body: object, caller: Caller) =>
  tested.ask(substituteDelegate, { id: made.id, delegateId, body }, caller);

/** The published states of an aggregate, oldest first. */
async function statesPublished<C extends EventContract>(
  contract: C,
  aggregateId: string,
): Promise<DataOf<C>[]> {
  const rows = (await tested.rows.query(
    'SELECT payload FROM outbox WHERE subject = $1 AND aggregate_id = $2 ORDER BY id',
    [contract.subject, aggregateId],
  )) as { payload: { data: DataOf<C> } | string }[];
  return rows.map(({ payload }) => (typeof payload === 'string' ? JSON.parse(payload) : payload).data);
}
const last = async <C extends EventContract>(contract: C, aggregateId: string) =>
  (await statesPublished(contract, aggregateId)).at(-1);

describe('who is in a delegation', () => {
  it('is known with status, language, badge, reason and place, and not of the erased', async () => {
    const stop = others.stop({ capacity: 2 });
    const company = others.company();
    const [first, second] = delegates(2);
    const body = { delegates: [{ ...first, language: 'en' as const }, second] } as never;
    const made = await tested.ask(registerDelegation, { stopId: stop.id, body }, company);
    const waiting = await register(stop.id, others.company(), 1);
    const behind = await register(stop.id, others.company(), 1);
    await tested.ask(declineRegistration, { id: waiting.id, body: { reason: '名额已满' } }, organizer);
    await tested.ask(eraseDelegate, { id: made.id, delegateId: idsOf(made)[1] ?? '' }, company);
    const found = await people(made.id, waiting.id, behind.id, newId(), made.id);
    expect(found).toHaveLength(3);
    const of = (id: string) => found.find(({ registrationId }) => registrationId === id);
    expect(of(made.id)).toEqual({
      registrationId: made.id,
      stopId: stop.id,
      companyId: company.companyId,
      status: 'confirmed',
      seats: 2,
      waitlistPosition: null,
      reason: null,
      delegates: [{ id: idsOf(made)[0], ...first, language: 'en', badge: made.delegates[0]?.badge }],
      version: 2,
    });
    expect(of(waiting.id)).toMatchObject({
      status: 'declined',
      reason: '名额已满',
      delegates: [{ language: null, badge: null }],
    });
    expect(of(behind.id)).toMatchObject({ status: 'waitlisted', waitlistPosition: 1 });
  });

  it('is known by id to other services, also of those who were promoted or cancelled unseen', async () => {
    const stop = others.stop({ capacity: 2 });
    const [head, tail] = [others.company(), others.company()];
    const made = await register(stop.id, head, 2);
    const waiting = await register(stop.id, tail, 2);
    expect(await last(registrationChanged, made.id)).toEqual({
      registrationId: made.id,
      stopId: stop.id,
      companyId: head.companyId,
      status: 'confirmed',
      seats: 2,
      delegateIds: idsOf(made),
      version: 1,
    });
    await tested.ask(cancelRegistration, { id: made.id }, head);
    expect(await last(registrationChanged, waiting.id)).toMatchObject({
      status: 'confirmed',
      delegateIds: idsOf(waiting),
    });
    const next = others.changeStop(stop, {
      status: 'cancelled',
      cancelReason: 'Flood',
    } as Partial<StopState>);
    await tested.ask(registrationsCatchUpOnStop, { id: stop.id, version: next.version }, systemCaller);
    expect(await last(registrationChanged, waiting.id)).toMatchObject({
      status: 'cancelled',
      delegateIds: idsOf(waiting),
      version: 3,
    });
    expect(JSON.stringify(await statesPublished(registrationChanged, waiting.id))).not.toContain('Flood');
  });
});

describe('who left a delegation', () => {
  it('is kept with the address of before, whether replaced or removed, and in the export', async () => {
    const stop = others.stop();
    const company = others.company();
    const made = await register(stop.id, company, 3);
    const [a = '', b = '', c = ''] = idsOf(made);
    await substitute(made, a, { name: '新人', email: 'new.person@example.com', language: 'en' }, company);
    await substitute(made, c, { name: '改名', language: 'zh' }, company);
    await tested.ask(removeDelegate, { id: made.id, delegateId: b }, company);
    const gone = [made.delegates[0], made.delegates[1]].map((one) => ({
      registrationId: made.id,
      stopId: stop.id,
      companyId: company.companyId,
      delegateId: one?.id,
      name: one?.name,
      email: one?.email,
      language: null,
      departedAt: expect.any(String),
    }));
    expect(await departed(made.id)).toEqual(gone);
    const [exported] = (await tested.ask(exportRegistrations, {}, company)).items;
    expect(exported?.departed.map(({ email }) => email)).toEqual(gone.map(({ email }) => email));
    // Back on the seat: nothing to cancel.
    await substitute(made, a, { email: made.delegates[0]?.email }, company);
    expect((await departed(made.id)).map(({ email }) => email)).toEqual([
      made.delegates[1]?.email,
      'new.person@example.com',
    ]);
  });

  it('goes with the erasure of the seat, also of one that is no longer there', async () => {
    const stop = others.stop();
    const company = others.company();
    const made = await tested.ask(
      registerDelegation,
      { stopId: stop.id, body: { delegates: delegates(3) } },
      company,
      { idempotency: { scope: company.companyId, key: 'departed', requestHash: 'x' } },
    );
    const [a = '', b = ''] = idsOf(made);
    await substitute(made, a, { name: '新人', email: 'another.new@example.com' }, company);
    await tested.ask(removeDelegate, { id: made.id, delegateId: b }, company);
    await tested.ask(eraseDelegate, { id: made.id, delegateId: a }, company);
    expect((await departed(made.id)).map(({ delegateId }) => delegateId)).toEqual([b]);
    await tested.ask(eraseDelegate, { id: made.id, delegateId: b }, company);
    expect(await departed(made.id)).toEqual([]);
    const { code } = await tested.refusal(eraseDelegate, { id: made.id, delegateId: b }, company);
    expect(code).toBe('resource.not_found');
    const kept = JSON.stringify(await tested.rows.query('SELECT answer FROM idempotency'));
    for (const one of made.delegates.slice(0, 2)) {
      expect(kept).not.toContain(one.email);
      expect(kept).not.toContain(JSON.stringify(one.name).slice(1, -1) + '"');
    }
  });

  it('is forgotten within 72 hours, and until then not before 70', async () => {
    const stop = others.stop();
    const company = others.company();
    const made = await register(stop.id, company, 2);
    await tested.ask(removeDelegate, { id: made.id, delegateId: idsOf(made)[0] ?? '' }, company);
    const job = new PruneDepartedJob(
      new UnitOfWork(tested.rows, () => undefined),
      new AdvisoryLocks({ url: tested.databaseUrl, name: 'test' }),
      createLogger('test', 'error'),
    );
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
    const rows = async () =>
      (await tested.rows.query('SELECT * FROM departed_delegates WHERE registration_id = $1', [
        made.id,
      ])) as unknown[];
    await job.prune(hours(70));
    expect(await rows()).toHaveLength(1);
    await tested.rows.query(
      `UPDATE departed_delegates SET departed_at = departed_at - interval '71.5 hours' WHERE registration_id = $1`,
      [made.id],
    );
    expect(await departed(made.id)).toEqual([]);
    await job.prune(new Date());
    expect(await rows()).toHaveLength(0);
  });
});

describe('an audience', () => {
  it('is paged and counted by status and by check-in', async () => {
    const stop = others.stop({ capacity: 7 }, { approval: 'manual' });
    const made: Registration[] = [];
    for (const seats of [2, 3, 1]) made.push(await register(stop.id, others.company(), seats));
    const waiting = await register(stop.id, others.company(), 2);
    for (const one of made.slice(0, 2)) await tested.ask(approveRegistration, { id: one.id }, organizer);
    const [first, second, pending] = made;
    const [scanned = ''] = second === undefined ? [] : idsOf(second);
    await tested.ask(checkInDelegate, { stopId: stop.id, body: { delegateId: scanned } }, organizer);
    const confirmed = made.slice(0, 2).flatMap(idsOf);
    const audience = async (query: object) => {
      const found: string[] = [];
      let cursor: string | undefined;
      let counts: unknown;
      do {
        const input = { stopId: stop.id, limit: 2, ...query, ...(cursor === undefined ? {} : { cursor }) };
        const page = await tested.ask(listAudience, input as never, systemCaller);
        found.push(...page.items.map(({ delegateId }) => delegateId));
        cursor = page.nextCursor ?? undefined;
        counts = page.counts;
      } while (cursor !== undefined);
      return { found, counts };
    };
    expect(await audience({ statuses: ['confirmed'] })).toEqual({
      found: confirmed,
      counts: { delegates: 5, registrations: 2 },
    });
    expect(await audience({ statuses: ['confirmed'], checkedIn: true })).toEqual({
      found: [scanned],
      counts: { delegates: 1, registrations: 1 },
    });
    expect(await audience({ statuses: ['confirmed'], checkedIn: false })).toEqual({
      found: confirmed.filter((id) => id !== scanned),
      counts: { delegates: 4, registrations: 2 },
    });
    expect(await audience({ statuses: ['pending', 'waitlisted'] })).toEqual({
      found: [pending, waiting].flatMap((one) => (one === undefined ? [] : idsOf(one))),
      counts: { delegates: 3, registrations: 2 },
    });
    await tested.ask(eraseDelegate, { id: first?.id ?? '', delegateId: confirmed[0] ?? '' }, organizer);
    expect(await audience({ statuses: ['confirmed'] })).toMatchObject({ found: confirmed.slice(1) });
  });
});

describe('check-ins and sign-ups', () => {
  it('are published as states with versions that rise: come, taken back, passed on', async () => {
    const stop = others.stop();
    const company = others.company();
    const made = await register(stop.id, company, 1);
    const [delegateId = ''] = idsOf(made);
    const scan = () => tested.ask(checkInDelegate, { stopId: stop.id, body: { delegateId } }, organizer);
    const { checkedInAt } = await scan();
    await scan();
    await tested.ask(undoCheckIn, { stopId: stop.id, delegateId }, organizer);
    await tested.ask(undoCheckIn, { stopId: stop.id, delegateId }, organizer);
    const { checkedInAt: again } = await scan();
    await substitute(made, delegateId, { email: 'passed.on@example.com' }, company);
    await substitute(made, delegateId, { email: 'passed.on.again@example.com' }, company);
    const state = { delegateId, registrationId: made.id, stopId: stop.id, companyId: company.companyId };
    expect(await statesPublished(checkInChanged, delegateId)).toEqual([
      { ...state, checkedInAt, version: 1 },
      { ...state, checkedInAt: null, version: 2 },
      { ...state, checkedInAt: again, version: 3 },
      { ...state, checkedInAt: null, version: 4 },
    ]);
  });

  it('are published for a delegation whole, however they change, and again by a replay', async () => {
    const stop = others.stop({ rooms: [{ id: newId(), name: { zh: '主厅' }, seats: 9 }] });
    const company = others.company();
    const made = await register(stop.id, company, 3);
    const [a = '', b = '', c = ''] = idsOf(made);
    const [one, two, three] = [sessionAt(stop, 0), sessionAt(stop, 1), sessionAt(stop, 2)] as const;
    const signUp = (session: SessionState, ...delegateIds: string[]) =>
      tested.ask(signUpDelegates, { id: session.sessionId, body: { delegateIds } }, company);
    const present = async () => {
      const state = await last(signUpsChanged, made.id);
      return state && [state.version, pairsOf(state)];
    };
    const pairs = (...list: [SessionState, string][]) =>
      list.map(([s, d]) => `${s.sessionId} ${d}`).toSorted();
    await signUp(one, a, b);
    expect(await present()).toEqual([1, pairs([one, a], [one, b])]);
    await signUp(two, a, c);
    await signUp(two, a);
    await signUp(three, a, b);
    expect(await present()).toEqual([
      3,
      pairs([one, a], [one, b], [two, a], [two, c], [three, a], [three, b]),
    ]);
    await tested.ask(removeSignup, { id: two.sessionId, delegateId: c }, company);
    expect(await present()).toEqual([4, pairs([one, a], [one, b], [two, a], [three, a], [three, b])]);
    await tested.ask(removeDelegate, { id: made.id, delegateId: b }, company);
    expect(await present()).toEqual([5, pairs([one, a], [two, a], [three, a])]);
    await endSession(one);
    expect(await present()).toEqual([6, pairs([two, a], [three, a])]);
    expect(await holders([one, two, three])).toEqual([
      {
        delegateId: a,
        registrationId: made.id,
        companyId: company.companyId,
        stopId: stop.id,
        sessionIds: [two.sessionId, three.sessionId].toSorted(),
        endedSessionIds: [one.sessionId],
      },
    ]);
    await replayStates(tested.rows, registrations.database.replayables, made.id);
    expect(await present()).toEqual([6, pairs([two, a], [three, a])]);
    expect(await last(registrationChanged, made.id)).toMatchObject({ delegateIds: [a, c] });
    await tested.ask(cancelRegistration, { id: made.id }, company);
    expect(await present()).toEqual([7, []]);
    const read = await tested.ask(getRegistration, { id: made.id }, company);
    expect(read.version).toBe(3);
  });

  it('end with a cancelled stop', async () => {
    const stop = others.stop({ rooms: [{ id: newId(), name: { zh: '主厅' }, seats: 9 }] });
    const company = others.company();
    const made = await register(stop.id, company, 1);
    const session = sessionAt(stop, 0);
    const body = { delegateIds: idsOf(made) };
    await tested.ask(signUpDelegates, { id: session.sessionId, body }, company);
    const next = others.changeStop(stop, { status: 'cancelled' } as Partial<StopState>);
    await tested.ask(registrationsCatchUpOnStop, { id: stop.id, version: next.version }, systemCaller);
    expect(await last(signUpsChanged, made.id)).toMatchObject({ signUps: [], version: 2 });
  });

  it('of one delegation survive a race of sign-ups with the end of a session', async () => {
    const stop = others.stop({ rooms: [{ id: newId(), name: { zh: '主厅' }, seats: 99 }] });
    const company = others.company();
    const made = await register(stop.id, company, 4);
    const sessions = [0, 1, 2, 3, 4, 5].map((hour) => sessionAt(stop, hour));
    const [ending, ...rest] = sessions;
    if (ending === undefined) throw new Error('There are six.');
    const signUp = (session: SessionState, delegateId: string) =>
      tested.ask(signUpDelegates, { id: session.sessionId, body: { delegateIds: [delegateId] } }, company);
    for (const id of idsOf(made)) await signUp(ending, id);
    await Promise.all([
      endSession(ending),
      ...rest.flatMap((session) => idsOf(made).map((id) => signUp(session, id))),
    ]);
    const states = (await statesPublished(signUpsChanged, made.id)).toSorted((a, b) => a.version - b.version);
    expect(new Set(states.map(({ version }) => version)).size).toBe(states.length);
    const rows = (await tested.rows.query(
      'SELECT session_id, delegate_id FROM sign_ups WHERE registration_id = $1',
      [made.id],
    )) as { session_id: string; delegate_id: string }[];
    expect(rows).toHaveLength(20);
    expect(states.length === 0 ? [] : pairsOf(states[states.length - 1] ?? states[0])).toEqual(
      rows.map((row) => `${row.session_id} ${row.delegate_id}`).toSorted(),
    );
  });
});

type SignUpsState = DataOf<typeof signUpsChanged>;

function pairsOf(state: SignUpsState | undefined): string[] {
  const signUps = state?.signUps ?? [];
  return signUps
    .flatMap(({ sessionId, delegateIds }) => delegateIds.map((id) => `${sessionId} ${id}`))
    .toSorted();
}

async function holders(sessions: readonly SessionState[]) {
  const sessionIds = sessions.map(({ sessionId }) => sessionId);
  return (await tested.ask(getSignupHolders, { sessionIds }, systemCaller)).items;
}

/** A session in the stop's first room, so many hours after its start. */
function sessionAt(stop: StopState, hour: number): SessionState {
  const startsAt = new Date(Date.parse(stop.startsAt) + hour * 3_600_000);
  const state: SessionState = {
    sessionId: newId(),
    stopId: stop.id,
    organizationId,
    companyId: null,
    status: 'scheduled',
    roomId: stop.rooms[0]?.id ?? null,
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + 3_600_000).toISOString(),
    version: 1,
  };
  others.sessions.set(state.sessionId, state);
  return state;
}

async function endSession(session: SessionState): Promise<void> {
  const next: SessionState = {
    ...session,
    status: 'cancelled',
    roomId: null,
    startsAt: null,
    endsAt: null,
    version: session.version + 1,
  };
  others.sessions.set(session.sessionId, next);
  await tested.ask(
    registrationsCatchUpOnSession,
    { id: session.sessionId, version: next.version },
    systemCaller,
  );
}
