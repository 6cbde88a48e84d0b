import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { jobTitle, mobile, type RegistrationRows } from './registration-rows.js';

/** A stop with seats for everybody, of which nothing is known but its row. */
export async function insertStop(client: pg.Client): Promise<string> {
  const stopId = uuidv7();
  await client.query(
    `INSERT INTO stops (stop_id, organization_id, stop_version, ever_published, status, starts_at, ends_at, capacity,
                        max_delegates_per_company, opens_at, closes_at, changes_until, approval, waitlist, waitlist_policy,
                        verified_only, seats_limit)
     VALUES ($1, $1, 1, true, 'published', now() + interval '29 days', now() + interval '30 days', 100000, 10,
             now() - interval '1 day', now() + interval '29 days', now() + interval '29 days', 'automatic', true, 'strict', false, 100000)`,
    [stopId],
  );
  return stopId;
}

/**
 * One transaction as PostgreSQL alone would have it: the stop's row is locked, then everything is written, each table
 * with one prepared statement. The statements after the lock leave together (pipeline mode), so that the lock is held
 * as shortly as can be: what is measured is the database and not our waiting for it.
 */
export async function writeRegistrations(
  client: pg.Client,
  stopId: string,
  rows: readonly RegistrationRows[],
): Promise<void> {
  await Promise.all([client.query('BEGIN'), run(client, lock, [stopId])]);
  await Promise.all([
    run(client, updateStop, [stopId, rows.length * 2]),
    run(client, insertRegistrations, [
      stopId,
      ...columns(rows, ({ id, companyId, createdAt }) => [id, companyId, createdAt]),
    ]),
    run(client, insertDelegates, [mobile, jobTitle, ...delegateColumns(rows)]),
    run(
      client,
      insertOutbox,
      columns(rows, ({ eventId, id, event }) => [eventId, id, event]),
    ),
    run(client, insertAudit, [
      stopId,
      ...columns(rows, (row) => [row.auditId, row.scope, row.id, row.audit, row.eventId]),
    ]),
    run(
      client,
      insertIdempotency,
      columns(rows, (row) => [row.scope, row.key, row.requestHash, row.answer, row.id]),
    ),
    client.query('COMMIT'),
  ]);
}

interface Statement {
  readonly name: string;
  readonly text: string;
}

function run(client: pg.Client, { name, text }: Statement, values: unknown[]): Promise<unknown> {
  return client.query({ name, text, values });
}

/** Turns rows into one array a column, as `unnest` takes them. */
function columns(rows: readonly RegistrationRows[], of: (row: RegistrationRows) => unknown[]): unknown[][] {
  const cells = rows.map(of);
  return (cells[0] ?? []).map((_, column) => cells.map((row) => row[column]));
}

function delegateColumns(rows: readonly RegistrationRows[]): unknown[][] {
  const all = rows.flatMap(({ id, delegates }) => delegates.map((one) => ({ ...one, registrationId: id })));
  return [
    all.map(({ id }) => id),
    all.map(({ registrationId }) => registrationId),
    all.map(({ name }) => name),
    all.map(({ email }) => email),
    all.map(({ badge }) => badge),
  ];
}

const lock = { name: 'lock', text: 'SELECT * FROM stops WHERE stop_id = $1 FOR UPDATE' };

const updateStop = {
  name: 'update-stop',
  text: `UPDATE stops SET confirmed_seats = confirmed_seats + $2, seats_version = seats_version + 1 WHERE stop_id = $1`,
};

const insertRegistrations = {
  name: 'insert-registrations',
  text: `INSERT INTO registrations (stop_id, id, company_id, created_at, status, seats, version)
         SELECT $1, *, 'confirmed', 2, 1 FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[])`,
};

const insertDelegates = {
  name: 'insert-delegates',
  text: `INSERT INTO delegates (mobile, job_title, id, registration_id, name, email, badge)
         SELECT $1, $2, * FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[])`,
};

const insertOutbox = {
  name: 'insert-outbox',
  text: `WITH events AS (
           INSERT INTO outbox (id, aggregate_id, payload, subject)
           SELECT *, 'evt.registrations.registration-changed.v1'
             FROM unnest($1::uuid[], $2::text[], $3::text[]))
         INSERT INTO outbox_queue SELECT * FROM unnest($1::uuid[])`,
};

const insertAudit = {
  name: 'insert-audit',
  text: `INSERT INTO audit (organization_id, id, actor_key_id, resource_id, after, request_id, at, actor_role,
                            resource_type, action)
         SELECT $1, *, now(), 'company', 'registration', 'registration.create'
           FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::jsonb[], $6::text[])`,
};

const insertIdempotency = {
  name: 'insert-idempotency',
  text: `INSERT INTO idempotency (scope, key, request_hash, answer, resource_id)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])`,
};
