import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import { Problem, type Registration } from '../../../libs/contracts/src/index.js';
import { UnitOfWork } from '../../../libs/persistence/src/index.js';
import { registrationsDataSource } from '../../../apps/registrations/src/data-source.js';
import type { Command } from '../../../apps/registrations/src/seats/command.js';
import type { QueuedCommand } from '../../../apps/registrations/src/seating/queued-command.js';
import { SeatConsequences } from '../../../apps/registrations/src/seating/seat-consequences.service.js';
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
import { SeatingService } from '../../../apps/registrations/src/seating/seating.service.js';
import type { StopSnapshot } from '../../../apps/registrations/src/seats/stop-seats.js';
import { ownDatabase } from '../../support/own-servers.js';

type DataSource = UnitOfWork['dataSource'];

let database: Awaited<ReturnType<typeof ownDatabase>>;
const sources: DataSource[] = [];
const replicas: SeatingService[] = [];

beforeAll(async () => {
  database = await ownDatabase('test_model');
  for (const name of ['one', 'two']) {
    const source = registrationsDataSource({ url: database.url, name, poolSize: 2 });
    await source.initialize();
    if (name === 'one') await source.runMigrations({ transaction: 'each' });
    sources.push(source);
    replicas.push(new SeatingService(new UnitOfWork(source, () => undefined), new SeatConsequences()));
  }
});

afterAll(async () => {
  for (const source of sources) await source.destroy();
  await database.drop();
});

async function rows(sql: string, values: unknown[]): Promise<unknown[]> {
  const [source] = sources;
  if (source === undefined) throw new Error('There is no database.');
  return (await source.query(sql, values)) as unknown[];
}

/** Names that all stops of one run have in common. */
const shared = /^(c\d|organization)/;

/** The model's short names as ids of one stop in one run, so that runs do not meet in the tables. */
function idsOf(run: string, stop: number): (name: string) => string {
  return (name) => {
    const place = shared.test(name) ? '' : ` ${stop}`;
    const hex = createHash('sha256').update(`${run}${place} ${name}`).digest('hex');
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

function queuedOf(stopId: string, command: Command): QueuedCommand {
  const call = { caller: { role: 'admin', keyId: null }, requestId: 'model', deadlineMs: Infinity } as const;
  if (command.kind !== 'stopChanged') return { stopId, command, call };
  const { stopVersion } = command.stop;
  const stopState = { id: stopId, version: stopVersion, rooms: [], published: true } as unknown;
  return { stopId, command, call, stopState: stopState as NonNullable<QueuedCommand['stopState']> };
}

async function insertStop(stop: StopSnapshot): Promise<void> {
  await rows(
    `INSERT INTO stops (stop_id, organization_id, stop_version, ever_published, status, starts_at, changes_until, ends_at, capacity, seats_limit,
                        max_delegates_per_company, opens_at, closes_at, approval, waitlist, waitlist_policy, verified_only, time_zone)
     VALUES ($1, $2, $3, true, $4, $14, $15, $5, $6, $6, $7, $8, $9, $10, $11, $12, $13, $16)`,
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
      stop.startsAt,
      stop.changesUntil,
      stop.timeZone,
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

/** A stop with its history, in the model and in the tables. */
class PlayedStop {
  readonly model: SeatsModel;
  readonly stopId: string;
  private serial = 0;

  constructor(
    private readonly history: History,
    private readonly id: IdOf,
  ) {
    this.model = new SeatsModel(history.stop, standings);
    this.stopId = id(history.stop.stopId);
  }

  insert(): Promise<void> {
    return insertStop(translated(this.history.stop, this.id));
  }

  /** The commands of one turn, with what the model answers to them. */
  turn(turn: number, now: Date): { queued: QueuedCommand; expected: unknown }[] {
    return (this.history.batches[turn]?.steps ?? []).map((step) => {
      const command = commandOf(step, this.model, this.serial);
      this.serial += 1;
      const answer = this.model.do(command, now);
      const expected = 'code' in answer ? answer.code : shownByModel(answer.shown, answer.position, this.id);
      return { queued: queuedOf(this.stopId, translated(command, this.id)), expected };
    });
  }

  async compareCounters(): Promise<void> {
    const { model } = this;
    expect(await countedAnew(this.stopId)).toEqual({
      confirmed: model.seats('confirmed'),
      pending: model.seats('pending'),
      waitlisted: model.seats('waitlisted'),
      waiting: model.with('waitlisted').length,
      whole: true,
    });
  }
}

/**
 * Histories of some stops, each turn's commands decided in one batch by two replicas in turn, and compared answer by
 * answer with models that know nothing of each other.
 */
async function compare(histories: readonly History[]): Promise<void> {
  const run = newId();
  const stops = histories.map((history, index) => new PlayedStop(history, idsOf(run, index)));
  for (const stop of stops) await stop.insert();
  await insertCompanies(idsOf(run, 0));
  const [longest] = histories.toSorted((a, b) => b.batches.length - a.batches.length);
  for (const [turn, { now }] of (longest?.batches ?? []).entries()) {
    const played = interleaved(stops.map((stop) => stop.turn(turn, now)));
    const decided = await replicas[turn % 2]?.decide(
      played.map(({ queued }) => queued),
      now,
    );
    const got = decided?.map((one) => {
      if (one.ok) return shownByService(one.answer);
      if (one.error instanceof Problem) return one.error.code;
      throw one.error;
    });
    expect(got).toEqual(played.map(({ expected }) => expected));
  }
  for (const stop of stops) await stop.compareCounters();
}

/** The first of each, then the second of each, and so on. */
function interleaved<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) => place).flatMap((place) =>
    lists.flatMap((list) => list.slice(place, place + 1)),
  );
}

it('decides, stores and counts on PostgreSQL as the plain model does, over two replicas', async () => {
  const check = fc.asyncProperty(histories, (history) => compare([history]));
  await fc.assert(check, { numRuns: 60, endOnFailure: true });
}, 300_000);

it('decides the commands of several stops in one batch as it decides each stop alone', async () => {
  const several = fc.array(histories, { minLength: 2, maxLength: 4 });
  await fc.assert(fc.asyncProperty(several, compare), { numRuns: 40, endOnFailure: true });
}, 300_000);
