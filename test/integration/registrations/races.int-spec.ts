import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as newId } from 'uuid';
import {
  Problem,
  cancelRegistration,
  registerDelegation,
  removeDelegate,
  signUpDelegates,
  type Caller,
  type Registration,
} from '../../../libs/contracts/src/index.js';
import { service as registrations } from '../../../apps/registrations/src/service.js';
import { TestedService } from '../../support/tested-service.js';
import { OtherServices, delegates, organizationId } from './other-services.js';
import { dropConstraints, withoutLocks } from './without-guards.js';

/** Rounds of one race at most; the one without guards ends with the first that breaks the rule. */
const rounds = 12;
/** A race is lost by chance: so many tries may go by without guards before a round must have broken the rule. */
const unguardedRounds = 60;

/** Two replicas on one database, requests shared out between them. */
class Arena {
  readonly services = new OtherServices();
  private running: TestedService | undefined;

  constructor(private readonly definition: typeof registrations) {}

  get service(): TestedService {
    if (this.running === undefined) throw new Error('The arena is not open.');
    return this.running;
  }

  async open(): Promise<void> {
    this.running = await TestedService.start(this.definition, this.services.answers);
    await this.running.startReplica();
  }

  register(stopId: string, caller: Caller, seats: number, more = {}): Promise<Registration> {
    return this.service.ask(
      registerDelegation,
      { stopId, body: { delegates: delegates(seats) } },
      caller,
      more,
    );
  }

  count(sql: string, ...values: unknown[]): Promise<number> {
    return this.service.rows
      .query(sql, values)
      .then((rows) => Number((rows as { count: string | null }[])[0]?.count ?? 0));
  }
}

/** All at once; refusals are part of a race, anything else is not. */
async function atOnce(tries: Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(tries)) {
    if (result.status === 'rejected' && !(result.reason instanceof Problem)) throw result.reason;
  }
}

type Race = (arena: Arena) => Promise<boolean>;

const races: Record<string, Race> = {
  'the last seats are sold once': async (arena) => {
    const stop = arena.services.stop({ capacity: 5 });
    const companies = Array.from({ length: 16 }, () => arena.services.company());
    await atOnce(companies.map((company, index) => arena.register(stop.id, company, 1 + (index % 2))));
    const sold = await arena.count(
      `SELECT sum(seats) AS count FROM registrations WHERE stop_id = $1 AND status = 'confirmed'`,
      stop.id,
    );
    return sold <= 5;
  },
  'a company is registered once': async (arena) => {
    const stop = arena.services.stop({ capacity: 50 });
    const company = arena.services.company();
    await atOnce(Array.from({ length: 6 }, () => arena.register(stop.id, company, 1)));
    return (await arena.count('SELECT count(*) FROM registrations WHERE stop_id = $1', stop.id)) === 1;
  },
  'every freed seat promotes somebody': async (arena) => {
    const stop = arena.services.stop({ capacity: 4 });
    const companies = Array.from({ length: 8 }, () => arena.services.company());
    const made: Registration[] = [];
    for (const company of companies) made.push(await arena.register(stop.id, company, 1));
    await atOnce(
      made
        .slice(0, 4)
        .map(({ id }, index) => arena.service.ask(cancelRegistration, { id }, companies[index] as Caller)),
    );
    const promoted = await arena.count(
      `SELECT count(*) FROM registrations WHERE stop_id = $1 AND status = 'confirmed'`,
      stop.id,
    );
    return promoted === 4;
  },
  'the last delegate stays': async (arena) => {
    const stop = arena.services.stop();
    const company = arena.services.company();
    const { id, delegates: people } = await arena.register(stop.id, company, 3);
    await atOnce(people.map((one) => arena.service.ask(removeDelegate, { id, delegateId: one.id }, company)));
    return (await arena.count('SELECT count(*) FROM delegates WHERE registration_id = $1', id)) === 1;
  },
  'a room is signed up for to its last seat': async (arena) => {
    const room = { id: newId(), name: { en: 'Room' }, seats: 2 };
    const { sessionId, people } = await sessionWithDelegates(arena, room, 6);
    await atOnce(
      people.map(({ caller, ids }) =>
        arena.service.ask(signUpDelegates, { id: sessionId, body: { delegateIds: ids } }, caller),
      ),
    );
    return (await arena.count('SELECT count(*) FROM sign_ups WHERE session_id = $1', sessionId)) <= 2;
  },
  'a delegate is in one session at a time': async (arena) => {
    const room = { id: newId(), name: { en: 'Room' }, seats: 9 };
    const { sessionId, others, people } = await sessionWithDelegates(arena, room, 1);
    const [one] = people;
    if (one === undefined) throw new Error('Nobody has registered.');
    await atOnce(
      [sessionId, ...others].map((id) =>
        arena.service.ask(signUpDelegates, { id, body: { delegateIds: one.ids } }, one.caller),
      ),
    );
    return (await arena.count('SELECT count(*) FROM sign_ups WHERE delegate_id = $1', one.ids[0])) === 1;
  },
};

/** A scheduled session, two more at the same time, and delegates of so many companies. */
async function sessionWithDelegates(
  arena: Arena,
  room: { id: string; name: { en: string }; seats: number },
  companies: number,
) {
  const { services } = arena;
  const stop = services.stop({ rooms: [room], capacity: 100 });
  const [startsAt, endsAt] = [25, 26].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());
  const sessions = [1, 2, 3].map(() => {
    const sessionId = newId();
    services.sessions.set(sessionId, {
      sessionId,
      stopId: stop.id,
      organizationId,
      companyId: null,
      status: 'scheduled',
      roomId: room.id,
      startsAt: startsAt ?? null,
      endsAt: endsAt ?? null,
      version: 1,
    });
    return sessionId;
  });
  const [sessionId = '', ...others] = sessions;
  const callers = Array.from({ length: companies }, () => services.company());
  const people = await Promise.all(
    callers.map(async (caller) => {
      const made = await arena.register(stop.id, caller, 1);
      return { caller, ids: made.delegates.map(({ id }) => id) };
    }),
  );
  return { sessionId, others, people };
}

/** Whether the rule held in every round; ends with the first in which it did not. */
async function holds(race: Race, arena: Arena, times: number): Promise<boolean> {
  for (let round = 0; round < times; round += 1) if (!(await race(arena))) return false;
  return true;
}

describe('two replicas at once', () => {
  const guarded = new Arena(registrations);
  beforeAll(() => guarded.open());
  afterAll(() => guarded.service.stop());

  it.each(Object.entries(races))('%s', async (_, race) => {
    expect(await holds(race, guarded, rounds)).toBe(true);
  });

  it('answer twenty equal requests with one key by one effect and one answer', async () => {
    const stop = guarded.services.stop();
    const company = guarded.services.company();
    const idempotency = { scope: company.companyId, key: newId(), requestHash: 'h' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => guarded.register(stop.id, company, 1, { idempotency })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await guarded.count('SELECT count(*) FROM registrations WHERE stop_id = $1', stop.id)).toBe(1);
    const { id } = answers[0] as Registration;
    expect(await guarded.count('SELECT count(*) FROM audit WHERE resource_id = $1', id)).toBe(1);
  });

  it('ask once for a company nobody knows, and once for all that come meanwhile', async () => {
    const stop = guarded.services.stop({ capacity: 400 });
    const companies = Array.from({ length: 200 }, () => guarded.services.company());
    const asked = guarded.services.companiesAsked.length;
    await Promise.all(companies.map((company) => guarded.register(stop.id, company, 1)));
    expect(guarded.services.companiesAsked.length - asked).toBeLessThan(120);
  });
});

describe('the database alone, without the locks,', () => {
  const lockless = new Arena(withoutLocks(registrations));
  beforeAll(async () => {
    await lockless.open();
    // Without locks queue numbers are given twice; that is not what is looked at here.
    await lockless.service.rows.query('DROP INDEX registrations_queue');
  });
  afterAll(() => lockless.service.stop());

  it.each([
    'the last seats are sold once',
    'a company is registered once',
    'a room is signed up for to its last seat',
  ])('still sees to it that %s', async (name) => {
    expect(await holds(races[name] as Race, lockless, rounds)).toBe(true);
  });
});

describe('without the guards', () => {
  const unguarded = new Arena(withoutLocks(registrations));
  beforeAll(async () => {
    await unguarded.open();
    await dropConstraints(unguarded.service);
  });
  afterAll(() => unguarded.service.stop());

  it.each(Object.entries(races))('it breaks that %s', async (_, race) => {
    expect(await holds(race, unguarded, unguardedRounds)).toBe(false);
  });
});
