import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import { Problem, type Registration } from '../../../libs/contracts/src/index.js';
import { UnitOfWork } from '../../../libs/persistence/src/index.js';
import { registrationsDataSource } from '../../../apps/registrations/src/data-source.js';
import type { Command } from '../../../apps/registrations/src/seats/command.js';
import type { SeatOrder } from '../../../apps/registrations/src/seating/seat-order.js';
import {
  commandOf,
  histories,
  standings,
  type History,
} from '../../../apps/registrations/src/seats/testing/seats.arbitraries.js';
import {
  SeatsModel,
  type ModelDelegation,
} from '../../../apps/registrations/src/seats/testing/seats.model.js';
import { SeatsRepository } from '../../../apps/registrations/src/seating/seats.repository.js';
import type { StopSnapshot } from '../../../apps/registrations/src/seats/stop-seats.js';
import { ownDatabase } from '../../support/own-servers.js';

type DataSource = UnitOfWork['dataSource'];

let database: Awaited<ReturnType<typeof ownDatabase>>;
const sources: DataSource[] = [];
const replicas: SeatsRepository[] = [];

beforeAll(async () => {
  database = await ownDatabase('test_model');
  for (const name of ['one', 'two']) {
    const source = registrationsDataSource({ url: database.url, name, poolSize: 2 });
    await source.initialize();
    if (name === 'one') await source.runMigrations({ transaction: 'each' });
    sources.push(source);
    replicas.push(new SeatsRepository(new UnitOfWork(source, () => undefined)));
  }
}, 30_000);

afterAll(async () => {
  for (const source of sources) await source.destroy();
  await database.drop();
});

async function rows(sql: string, values: unknown[]): Promise<unknown[]> {
  const [source] = sources;
  if (source === undefined) throw new Error('There is no database.');
  return (await source.query(sql, values)) as unknown[];
}

/** The model's short names as ids of one run, so that runs do not meet in the tables. */
function idsOf(run: string): (name: string) => string {
  return (name) => {
    const hex = createHash('sha256').update(`${run} ${name}`).digest('hex');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `7${hex.slice(12, 15)}`,
      `8${hex.slice(15, 18)}`,
      hex.slice(18, 30),
    ].join('-');
  };
}

type IdOf = ReturnType<typeof idsOf>;

const idFields = new Set(['id', 'companyId', 'registrationId', 'delegateId', 'stopId', 'organizationId']);

/** The same command with ids for names, and badges of its own. */
function translated<T>(value: T, id: IdOf): T {
  if (Array.isArray(value)) return value.map((one) => translated(one as unknown, id)) as T;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).map(([key, inner]) => {
    if (typeof inner === 'string' && (idFields.has(key) || /^(b|newB)adge$/.test(key)))
      return [key, id(inner)];
    return [key, translated(inner as unknown, id)];
  });
  return Object.fromEntries(entries) as T;
}

function orderOf(command: Command): SeatOrder {
  const call = { caller: { role: 'admin', keyId: null }, requestId: 'model', deadlineMs: Infinity } as const;
  if (command.kind !== 'stopChanged') return { command, call };
  const { stopId, stopVersion } = command.stop;
  const stopState = {
    id: stopId,
    version: stopVersion,
    rooms: [],
    published: true,
  } as unknown as SeatOrder['stopState'];
  return stopState === undefined ? { command, call } : { command, call, stopState };
}

async function insertStop(stop: StopSnapshot): Promise<void> {
  await rows(
    `INSERT INTO stops (stop_id, organization_id, stop_version, ever_published, status, ends_at, capacity, seats_limit,
                        max_delegates_per_company, opens_at, closes_at, approval, waitlist, waitlist_policy, verified_only)
     VALUES ($1, $2, $3, true, $4, $5, $6, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      stop.stopId,
      stop.organizationId,
      stop.stopVersion,
      stop.status,
      stop.endsAt,
      stop.capacity,
      stop.maxDelegatesPerCompany,
      stop.opensAt,
      stop.closesAt,
      stop.approval,
      stop.waitlist,
      stop.waitlistPolicy,
      stop.verifiedOnly,
    ],
  );
}

async function insertCompanies(id: IdOf): Promise<void> {
  for (const company of ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6']) {
    const status = standings.get(company);
    const decided = status === undefined ? [] : [{ organizationId: id('organization'), status }];
    await rows('INSERT INTO companies VALUES ($1, $2, $3, 1)', [
      id(company),
      JSON.stringify({ en: company }),
      JSON.stringify(decided),
    ]);
  }
}

/** People in the order of their ids, which is how the tables give them back. */
const peopleOf = (people: readonly { id: string; name: string; email: string }[]) =>
  people.map(({ id, name, email }) => `${id} ${name} ${email}`).sort();

function shownByModel(one: ModelDelegation | null, position: number | null, id: IdOf): unknown {
  if (one === null) return null;
  // An erased delegate's address is made of its id, which the tables know as a UUID.
  const people = peopleOf(
    one.people.map((person) => ({
      ...person,
      id: id(person.id),
      email: person.email.replace(`erased-${person.id}@`, `erased-${id(person.id)}@`),
    })),
  );
  return [id(one.id), id(one.companyId), one.status, one.version, position, people];
}

function shownByService(answer: Registration | null): unknown {
  if (answer === null) return null;
  const { companyId, status, version, waitlistPosition, delegates } = answer;
  return [answer.id, companyId, status, version, waitlistPosition, peopleOf(delegates)];
}

/** What the rows say, counted anew; the stop's own counters have to agree. */
async function countedAnew(stopId: string): Promise<unknown> {
  const [counted] = await rows(
    `SELECT coalesce(sum(seats) FILTER (WHERE r.status = 'confirmed'), 0)::integer AS confirmed,
            coalesce(sum(seats) FILTER (WHERE r.status = 'pending'), 0)::integer AS pending,
            coalesce(sum(seats) FILTER (WHERE r.status = 'waitlisted'), 0)::integer AS waitlisted,
            (count(*) FILTER (WHERE r.status = 'waitlisted'))::integer AS waiting,
            bool_and(seats = (SELECT count(*) FROM delegates d WHERE d.registration_id = r.id)) IS NOT FALSE AS whole
       FROM registrations r WHERE r.stop_id = $1`,
    [stopId],
  );
  const [stored] = await rows(
    `SELECT confirmed_seats AS confirmed, pending_seats AS pending, waitlisted_seats AS waitlisted,
            waiting_delegations AS waiting, true AS whole FROM stops WHERE stop_id = $1`,
    [stopId],
  );
  expect(stored).toEqual(counted);
  return counted;
}

/** One history, its batches decided by two replicas in turn, compared with the model answer by answer. */
async function compare(history: History): Promise<void> {
  const id = idsOf(newId());
  const model = new SeatsModel(history.stop, standings);
  const stop = translated(history.stop, id);
  await insertStop(stop);
  await insertCompanies(id);
  let serial = 0;
  for (const [turn, { now, steps }] of history.batches.entries()) {
    const answers: unknown[] = [];
    const orders = steps.map((step) => {
      const command = commandOf(step, model, serial);
      serial += 1;
      const answer = model.do(command, now);
      answers.push('code' in answer ? answer.code : shownByModel(answer.shown, answer.position, id));
      return orderOf(translated(command, id));
    });
    const settled = await replicas[turn % 2]?.decide(stop.stopId, orders, now);
    const got = settled?.map((one) => {
      if (one.ok) return shownByService(one.answer);
      if (one.error instanceof Problem) return one.error.code;
      throw one.error;
    });
    expect(got).toEqual(answers);
  }
  expect(await countedAnew(stop.stopId)).toEqual({
    confirmed: model.seats('confirmed'),
    pending: model.seats('pending'),
    waitlisted: model.seats('waitlisted'),
    waiting: model.with('waitlisted').length,
    whole: true,
  });
}

it('decides, stores and counts on PostgreSQL as the plain model does, over two replicas', async () => {
  await fc.assert(fc.asyncProperty(histories, compare), { numRuns: 60, endOnFailure: true });
}, 300_000);
