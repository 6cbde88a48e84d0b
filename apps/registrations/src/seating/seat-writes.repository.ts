import type { StopState } from '#contracts';
import type { PipelinedTransaction, Sql } from '#persistence';
import type { Outcome, Promotion } from '../seats/decision.js';
import { type Delegate, type Delegation, delegateChanges } from '../seats/delegation.js';
import type { EndedSignUp } from './seat-records.js';
import type { StopSeats } from '../seats/stop-seats.js';

/**
 * Sends all that a batch has changed, each table with one statement however many rows.
 * @param highestCapacity the highest that was in force at any decision of the batch
 */
export function sendOutcome(
  sql: PipelinedTransaction,
  before: StopSeats,
  outcome: Outcome,
  highestCapacity: number,
): void {
  const { stop } = outcome;
  const created = outcome.changes.filter((change) => change.before === null).map(({ after }) => after);
  const changed = outcome.changes.filter((change) => change.before !== null).map(({ after }) => after);
  const delegates = outcome.changes.map((change) => delegateChanges(change.before, change.after));
  if (stop !== before) updateStop(sql, before, stop, highestCapacity);
  // Changed before created: who cancels and registers again in one batch is never live twice.
  if (changed.length > 0) updateRegistrations(sql, changed);
  if (outcome.promotions.length > 0) promote(sql, outcome.promotions);
  if (created.length > 0) insertRegistrations(sql, stop.stopId, created);
  const removed = delegates.flatMap((one) => one.removed.map(({ id }) => id));
  if (removed.length > 0) deleteDelegates(sql, removed);
  const replaced = delegates.flatMap((one) => one.changed);
  if (replaced.length > 0) updateDelegates(sql, replaced);
  const added = outcome.changes.flatMap(({ after }, index) =>
    (delegates[index]?.added ?? []).map((delegate) => ({ delegate, registrationId: after.id })),
  );
  if (added.length > 0) insertDelegates(sql, added);
  const ended = delegates.flatMap((one) => one.endedBadges);
  if (ended.length > 0) insertEndedBadges(sql, stop.stopId, ended);
}

/**
 * Seats taken are added to and not set, and `seats_limit` follows the capacity up at once and down as seats come back:
 * so the table's check would refuse to oversell even where the row had not been locked. Seats given under a capacity that
 * the same batch raised and lowered again stay given.
 */
function updateStop(
  sql: PipelinedTransaction,
  before: StopSeats,
  stop: StopSeats,
  highestCapacity: number,
): void {
  sql.send(
    `UPDATE stops SET stop_version = $2, status = $3, ends_at = $4, capacity = $5,
            max_delegates_per_company = $6, opens_at = $7, closes_at = $8, approval = $9, waitlist = $10,
            waitlist_policy = $11, verified_only = $12, confirmed_seats = confirmed_seats + $13,
            pending_seats = pending_seats + $14,
            waitlisted_seats = $15, waiting_delegations = $16, passed_over_delegations = $17,
            next_queue_number = $18, seats_version = $19,
            seats_limit = greatest($5, least(greatest(seats_limit, $20), confirmed_seats + $13 + pending_seats + $14))
      WHERE stop_id = $1`,
    [
      stop.stopId,
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
      stop.confirmedSeats - before.confirmedSeats,
      stop.pendingSeats - before.pendingSeats,
      stop.waitlistedSeats,
      stop.waitingDelegations,
      stop.passedOverDelegations,
      stop.nextQueueNumber,
      stop.seatsVersion,
      highestCapacity,
    ],
  );
}

function insertRegistrations(
  sql: PipelinedTransaction,
  stopId: string,
  created: readonly Delegation[],
): void {
  sql.send(
    `INSERT INTO registrations (stop_id, id, company_id, status, seats, note, queue_number, created_at, version)
     SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::integer[], $6::text[], $7::integer[],
                              $8::timestamptz[], $9::integer[])`,
    [
      stopId,
      created.map(({ id }) => id),
      created.map(({ companyId }) => companyId),
      created.map(({ status }) => status),
      created.map(({ delegates }) => delegates.length),
      created.map(({ note }) => note),
      created.map(({ queueNumber }) => queueNumber),
      created.map(({ createdAt }) => createdAt),
      created.map(({ version }) => version),
    ],
  );
}

function updateRegistrations(sql: PipelinedTransaction, changed: readonly Delegation[]): void {
  sql.send(
    `UPDATE registrations r SET status = n.status, seats = n.seats, queue_number = n.queue_number,
            version = n.version
       FROM unnest($1::uuid[], $2::text[], $3::integer[], $4::integer[], $5::integer[])
         AS n (id, status, seats, queue_number, version)
      WHERE r.id = n.id`,
    [
      changed.map(({ id }) => id),
      changed.map(({ status }) => status),
      changed.map(({ delegates }) => delegates.length),
      changed.map(({ queueNumber }) => queueNumber),
      changed.map(({ version }) => version),
    ],
  );
}

function promote(sql: PipelinedTransaction, promotions: readonly Promotion[]): void {
  sql.send(
    `UPDATE registrations r SET status = n.status, queue_number = NULL, version = n.version
       FROM unnest($1::uuid[], $2::text[], $3::integer[]) AS n (id, status, version)
      WHERE r.id = n.id`,
    [
      promotions.map(({ id }) => id),
      promotions.map(({ status }) => status),
      promotions.map(({ version }) => version),
    ],
  );
}

function insertDelegates(
  sql: PipelinedTransaction,
  added: readonly { delegate: Delegate; registrationId: string }[],
): void {
  sql.send(
    `INSERT INTO delegates (id, registration_id, name, email, mobile, job_title, badge)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])`,
    [
      added.map(({ delegate }) => delegate.id),
      added.map(({ registrationId }) => registrationId),
      added.map(({ delegate }) => delegate.name),
      added.map(({ delegate }) => delegate.email),
      added.map(({ delegate }) => delegate.mobile),
      added.map(({ delegate }) => delegate.jobTitle),
      added.map(({ delegate }) => delegate.badge),
    ],
  );
}

/** The check-in belongs to the badge: a new badge has none. Who was erased still came. */
function updateDelegates(sql: PipelinedTransaction, changed: readonly Delegate[]): void {
  sql.send(
    `UPDATE delegates d SET name = n.name, email = n.email, mobile = n.mobile, job_title = n.job_title,
            badge = n.badge, checked_in_at = CASE WHEN n.badge IS NULL OR d.badge = n.badge THEN d.checked_in_at END
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
         AS n (id, name, email, mobile, job_title, badge)
      WHERE d.id = n.id`,
    [
      changed.map(({ id }) => id),
      changed.map(({ name }) => name),
      changed.map(({ email }) => email),
      changed.map(({ mobile }) => mobile),
      changed.map(({ jobTitle }) => jobTitle),
      changed.map(({ badge }) => badge),
    ],
  );
}

function deleteDelegates(sql: PipelinedTransaction, ids: readonly string[]): void {
  sql.send('DELETE FROM delegates WHERE id = ANY($1::uuid[])', [ids]);
}

function insertEndedBadges(
  sql: PipelinedTransaction,
  stopId: string,
  ended: readonly { badge: string; delegateId: string }[],
): void {
  sql.send(
    `INSERT INTO ended_badges (stop_id, badge, delegate_id) SELECT $1, * FROM unnest($2::text[], $3::uuid[])`,
    [stopId, ended.map(({ badge }) => badge), ended.map(({ delegateId }) => delegateId)],
  );
}

/** The rooms of a stop as it now has them: sign-ups end where a room's seats do. */
export async function writeRooms(sql: Sql, { id, rooms, published }: StopState): Promise<void> {
  await sql.query(`UPDATE stops SET ever_published = $2 WHERE stop_id = $1`, [id, published]);
  await sql.query('DELETE FROM rooms WHERE stop_id = $1 AND room_id <> ALL($2::uuid[])', [
    id,
    rooms.map((room) => room.id),
  ]);
  await sql.query(
    `INSERT INTO rooms (stop_id, room_id, seats) SELECT $1, * FROM unnest($2::uuid[], $3::integer[])
     ON CONFLICT (stop_id, room_id) DO UPDATE SET seats = excluded.seats`,
    [id, rooms.map((room) => room.id), rooms.map((room) => room.seats)],
  );
}

/** A registration as it was and is, where the whole stop was cancelled. */
export interface CancelledRow {
  readonly id: string;
  readonly companyId: string;
  readonly was: Delegation['status'];
  readonly seats: number;
  readonly version: number;
}

/** Cancels what is still live at a stop. */
export async function cancelEveryLive(sql: Sql, stopId: string): Promise<CancelledRow[]> {
  return (await sql.query(
    `WITH live AS (
       SELECT id, status FROM registrations
        WHERE stop_id = $1 AND status IN ('confirmed', 'pending', 'waitlisted') FOR UPDATE
     )
     UPDATE registrations r SET status = 'cancelled', queue_number = NULL, version = version + 1
       FROM live WHERE r.id = live.id
     RETURNING r.id, company_id AS "companyId", live.status AS was, seats, version`,
    [stopId],
  )) as CancelledRow[];
}

/** Frees the sign-ups of delegates who lost their seats. Runs after their rows were locked, so none can be added. */
export async function freeSignUps(sql: Sql, delegateIds: readonly string[]): Promise<EndedSignUp[]> {
  return (await sql.query(
    `DELETE FROM sign_ups WHERE delegate_id = ANY($1::uuid[])
     RETURNING session_id AS "sessionId", delegate_id AS "delegateId", registration_id AS "registrationId"`,
    [delegateIds],
  )) as EndedSignUp[];
}

/** Frees all sign-ups of registrations. */
export async function freeSignUpsOf(sql: Sql, registrationIds: readonly string[]): Promise<EndedSignUp[]> {
  return (await sql.query(
    `DELETE FROM sign_ups WHERE delegate_id IN
       (SELECT id FROM delegates WHERE registration_id = ANY($1::uuid[]))
     RETURNING session_id AS "sessionId", delegate_id AS "delegateId", registration_id AS "registrationId"`,
    [registrationIds],
  )) as EndedSignUp[];
}
