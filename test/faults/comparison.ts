import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../support/client.js';
import { owners, type Databases, type Owner } from './databases.js';
import type { Acknowledged, Load } from './load.js';
import { replaySeats, type SeatLine } from './seats-replayed.js';

/** A slow machine may take this long to catch up after a fault, in milliseconds. */
const catchUpWithinMs = 90_000;

/** A copy that a neighbour keeps, and what it is a copy of: two questions that must get the same rows. */
interface Copy {
  readonly name: string;
  readonly source: readonly [Owner, string];
  readonly copy: readonly [Owner, string];
}

const company = (key: string) =>
  `SELECT ${key} AS id, version, name::jsonb AS name FROM companies ORDER BY 1`;
const copies: readonly Copy[] = [
  {
    name: 'companies in registrations',
    source: ['accounts', company('id')],
    copy: ['registrations', company('company_id')],
  },
  { name: 'companies in sessions', source: ['accounts', company('id')], copy: ['sessions', company('id')] },
  {
    name: 'stops in registrations',
    source: ['stops', 'SELECT id, version, status, capacity, ends_at FROM stops ORDER BY 1'],
    copy: [
      'registrations',
      'SELECT stop_id AS id, stop_version AS version, status, capacity, ends_at FROM stops ORDER BY 1',
    ],
  },
  {
    name: 'stops in sessions',
    source: ['stops', 'SELECT id, version, status, capacity, name::jsonb AS name FROM stops ORDER BY 1'],
    copy: [
      'sessions',
      `SELECT id, version, state->>'status' AS status, (state->>'capacity')::int AS capacity, state->'name' AS name
         FROM stops ORDER BY 1`,
    ],
  },
  {
    name: 'sessions in registrations',
    source: ['sessions', 'SELECT id, version, status, room_id, starts_at FROM sessions ORDER BY 1'],
    copy: [
      'registrations',
      'SELECT session_id AS id, version, status, room_id, starts_at FROM sessions ORDER BY 1',
    ],
  },
];

/**
 * The full comparison after a fault: waits until the pipe is empty and every copy equals its source, then looks at each
 * acknowledged change and at every stop. @returns what is wrong, a line each; empty when nothing was lost
 */
export async function compare(databases: Databases, url: string, load: Load): Promise<string[]> {
  const wrong = await caughtUp(databases);
  wrong.push(...load.oddities.map(({ what, answer }) => `${what}: ${answer}`));
  wrong.push(...(await compareAcknowledged(databases, load)));
  const stops = await databases.rows<{ stop_id: string }>('registrations', 'SELECT stop_id FROM stops');
  for (const { stop_id: stopId } of stops) wrong.push(...(await compareStop(databases, url, stopId)));
  return wrong;
}

/** Asks until nothing differs; what still does when time is over is the answer. */
async function caughtUp(databases: Databases): Promise<string[]> {
  const deadline = Date.now() + catchUpWithinMs;
  for (;;) {
    const differing = await behind(databases).catch((error: unknown) => [
      `not readable yet: ${String(error)}`,
    ]);
    if (differing.length === 0 || Date.now() > deadline) return differing;
    await sleep(200);
  }
}

async function behind(databases: Databases): Promise<string[]> {
  const lines: string[] = [];
  for (const owner of owners) {
    const [counted] = await databases.rows<{ waiting: number; letters: number }>(
      owner,
      `SELECT (SELECT count(*)::int FROM outbox WHERE published_at IS NULL) AS waiting,
              (SELECT count(*)::int FROM dead_letters) AS letters`,
    );
    if (counted?.waiting !== 0) lines.push(`${counted?.waiting} events wait in the outbox of ${owner}`);
    if (counted?.letters !== 0) lines.push(`${counted?.letters} dead letters in ${owner}`);
  }
  for (const { name, source, copy } of copies) {
    const [theirs, ours] = await Promise.all([databases.rows(...source), databases.rows(...copy)]);
    if (!isDeepStrictEqual(theirs, ours))
      lines.push(`${name} differ: ${theirs.length} at the source, ${ours.length} in the copy`);
  }
  return lines;
}

interface RegistrationRow {
  id: string;
  stop_id: string;
  company_id: string;
  status: string;
  seats: number;
}

/** Each acknowledged registration is there once, in the state that was acknowledged or one that the rules led to. */
async function compareAcknowledged(databases: Databases, load: Load): Promise<string[]> {
  const companies = load.acknowledged.map(({ companyId }) => companyId);
  const rows = await databases.rows<RegistrationRow>(
    'registrations',
    `SELECT id, stop_id, company_id, status, seats FROM registrations
      WHERE company_id = ANY ($1) AND stop_id = ANY ($2)`,
    [companies, load.stopIds],
  );
  const byCompany = new Map<string, RegistrationRow[]>();
  for (const row of rows) byCompany.set(row.company_id, [...(byCompany.get(row.company_id) ?? []), row]);
  const wrong = load.acknowledged.flatMap((one) => compareOne(one, byCompany.get(one.companyId) ?? []));
  const unknown = rows.length - load.acknowledged.length;
  if (unknown > 0) wrong.push(`${unknown} registrations more than were acknowledged`);
  const sessions = await databases.rows<{ id: string }>('sessions', 'SELECT id FROM sessions');
  const known = new Set(sessions.map(({ id }) => id));
  wrong.push(...load.sessions.filter(({ id }) => !known.has(id)).map(({ id }) => `session ${id} is lost`));
  const proposed = await databases.rows<{ company_id: string }>(
    'sessions',
    'SELECT company_id FROM sessions WHERE company_id = ANY ($1) GROUP BY company_id HAVING count(*) > 1',
    [load.companies],
  );
  wrong.push(...proposed.map((row) => `company ${row.company_id} has its session twice`));
  const present = await databases.rows<{ id: string }>(
    'accounts',
    'SELECT id FROM companies WHERE id = ANY ($1)',
    [load.companies],
  );
  if (present.length !== load.companies.length)
    wrong.push(`${load.companies.length - present.length} companies are lost`);
  return wrong;
}

function compareOne(one: Acknowledged, rows: readonly RegistrationRow[]): string[] {
  const [row, ...more] = rows;
  if (row === undefined) return [`registration ${one.id} is lost`];
  if (more.length > 0) return [`company ${one.companyId} has ${rows.length} registrations`];
  if (row.id !== one.id) return [`company ${one.companyId} has ${row.id}, ${one.id} was acknowledged`];
  if (row.stop_id !== one.stopId || row.seats !== one.seats) return [`registration ${one.id} was changed`];
  // Who was confirmed stays so, who waited may have moved up.
  const allowed = one.cancelled ? ['cancelled'] : [one.status, 'confirmed'];
  if (!allowed.includes(row.status)) return [`registration ${one.id} is ${row.status}, was ${one.status}`];
  return [];
}

interface StopRow {
  capacity: number;
  confirmed_seats: number;
  waitlisted_seats: number;
  waiting_delegations: number;
}

/** One stop against the plain rules: the history that its audit tells must lead to the rows that are there. */
async function compareStop(databases: Databases, url: string, stopId: string): Promise<string[]> {
  const [stop] = await databases.rows<StopRow>(
    'registrations',
    'SELECT capacity, confirmed_seats, waitlisted_seats, waiting_delegations FROM stops WHERE stop_id = $1',
    [stopId],
  );
  if (stop === undefined) return [`stop ${stopId} is lost`];
  const lines = await databases.rows<SeatLine>(
    'registrations',
    `SELECT resource_id AS "registrationId", action, (after->>'seats')::int AS seats FROM audit
      WHERE resource_type = 'registration' AND after->>'stopId' = $1 ORDER BY id`,
    [stopId],
  );
  const present = await databases.rows<{ id: string; status: string; seats: number }>(
    'registrations',
    `SELECT id, status, seats
       FROM registrations WHERE stop_id = $1 ORDER BY queue_number NULLS FIRST, id`,
    [stopId],
  );
  const expected = replaySeats(stop.capacity, lines);
  const wrong = compareWithRules(stopId, expected, present);
  const sum = (status: string) =>
    present.filter((row) => row.status === status).reduce((seats, row) => seats + row.seats, 0);
  if (sum('confirmed') > stop.capacity)
    wrong.push(`stop ${stopId} is oversold: ${sum('confirmed')} of ${stop.capacity}`);
  if (sum('confirmed') !== stop.confirmed_seats || sum('waitlisted') !== stop.waitlisted_seats)
    wrong.push(`the counters of stop ${stopId} are wrong`);
  wrong.push(...(await compareShown(url, stopId, stop)));
  return wrong;
}

function compareWithRules(
  stopId: string,
  expected: ReturnType<typeof replaySeats>,
  present: readonly { id: string; status: string; seats: number }[],
): string[] {
  const shown = (id: string, { status, seats }: { status: string; seats: number }) =>
    `${id} ${status} ${seats}`;
  const of = (lines: string[]) => ({
    queue: lines.filter((line) => / waitlisted /.test(line)),
    all: lines.toSorted(),
  });
  const should = of([...expected].map(([id, one]) => shown(id, one)));
  const is = of(present.map((row) => shown(row.id, row)));
  if (!isDeepStrictEqual(should.all, is.all))
    return [`stop ${stopId}: the rows are not what its history leads to`];
  return isDeepStrictEqual(should.queue, is.queue)
    ? []
    : [`stop ${stopId}: the waiting list is out of order`];
}

/** What the public is shown is at most a second behind. */
async function compareShown(url: string, stopId: string, stop: StopRow): Promise<string[]> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const { status, body } = await new ApiClient(url).get(`/v1/stops/${stopId}/availability`);
    if (
      status === 200 &&
      body.confirmed === stop.confirmed_seats &&
      body.waitlisted === stop.waitlisted_seats
    )
      return [];
    if (Date.now() > deadline) return [`stop ${stopId} is shown as ${status} ${JSON.stringify(body)}`];
    await sleep(200);
  }
}
