import { instantArray, plainArray, textArray, type PipelinedTransaction } from '#persistence';
import type { Promotion } from '../seats/decision.js';
import { delegateSearchText } from '../seats/delegate-search.js';
import { sendDepartures } from './departed.repository.js';
import { type Delegate, type Delegation, delegateChanges } from '../seats/delegation.js';
import { isErased } from '../seats/erase.js';
import type { StopSeats } from '../seats/stop-seats.js';
import type { QueuedCommand } from './queued-command.js';
import type { StopBatch } from './stop-batch.js';

/** Sends all that a batch has changed at its stops, each table with one statement however many rows and stops. */
export function sendOutcomes(sql: PipelinedTransaction, batches: readonly StopBatch[]): void {
  const changes = batches.flatMap(({ before, outcome }) =>
    outcome.changes.map((change) => ({ ...change, stopId: before.stopId })),
  );
  const delegates = changes.map(({ before, after }) => delegateChanges(before, after));
  sendStops(sql, batches);
  // Changed before created: a company that cancels and registers again in one batch is never live twice.
  sendRows(
    sql,
    updateRegistrations,
    changes.filter(({ before }) => before !== null),
  );
  sendRows(
    sql,
    promote,
    batches.flatMap(({ outcome }) => outcome.promotions),
  );
  sendRows(
    sql,
    insertRegistrations,
    changes.filter(({ before }) => before === null),
  );
  sendRows(
    sql,
    deleteDelegates,
    delegates.flatMap(({ removed }) => removed),
  );
  sendRows(
    sql,
    updateDelegates,
    delegates.flatMap(({ changed }) => changed),
  );
  sendRows(
    sql,
    insertDelegates,
    changes.flatMap(({ after }, index) =>
      (delegates[index]?.added ?? []).map((delegate) => ({ ...delegate, registrationId: after.id })),
    ),
  );
  sendRows(
    sql,
    insertEndedBadges,
    changes.flatMap(({ stopId, after }, index) =>
      (delegates[index]?.endedBadges ?? []).map((ended) => ({ ...ended, stopId, registrationId: after.id })),
    ),
  );
  sendRows(
    sql,
    sendDepartures,
    changes.flatMap(({ after }, index) =>
      (delegates[index]?.departed ?? [])
        .filter((person) => !isErased(person))
        .map((person) => ({ registrationId: after.id, person })),
    ),
  );
}

function sendRows<Row>(
  sql: PipelinedTransaction,
  write: (sql: PipelinedTransaction, rows: readonly Row[]) => void,
  rows: readonly Row[],
): void {
  if (rows.length > 0) write(sql, rows);
}

function sendStops(sql: PipelinedTransaction, batches: readonly StopBatch[]): void {
  const changed = batches.filter(({ before, outcome }) => outcome.stop !== before);
  const isNewer = ({ before, outcome }: StopBatch) => outcome.stop.stopVersion !== before.stopVersion;
  for (const batch of changed.filter(isNewer)) updateStop(sql, batch);
  sendRows(
    sql,
    updateCounters,
    changed.filter((batch) => !isNewer(batch)),
  );
}

/** Found by the index, each row by its place in the arrays: a join could be planned as a scan of all stops. */
const nth = (parameter: number) => `($${parameter}::integer[])[array_position($1::uuid[], stop_id)]`;

/**
 * Seats taken are added to and not set, and `seats_limit` goes down as seats come back: so the table's check would
 * refuse to oversell even where the row had not been locked.
 */
function updateCounters(sql: PipelinedTransaction, batches: readonly StopBatch[]): void {
  const column = (value: (batch: StopBatch) => number) => plainArray(batches.map(value));
  sql.send(
    `UPDATE stops
        SET confirmed_seats = confirmed_seats + ${nth(2)}, pending_seats = pending_seats + ${nth(3)},
            waitlisted_seats = ${nth(4)}, waiting_delegations = ${nth(5)}, passed_over_delegations = ${nth(6)},
            next_queue_number = ${nth(7)}, seats_version = ${nth(8)},
            seats_limit = greatest(capacity, least(seats_limit,
              confirmed_seats + ${nth(2)} + pending_seats + ${nth(3)}))
      WHERE stop_id = ANY ($1::uuid[])`,
    [
      plainArray(batches.map(({ before }) => before.stopId)),
      column(({ before, outcome: { stop } }) => stop.confirmedSeats - before.confirmedSeats),
      column(({ before, outcome: { stop } }) => stop.pendingSeats - before.pendingSeats),
      column(({ outcome: { stop } }) => stop.waitlistedSeats),
      column(({ outcome: { stop } }) => stop.waitingDelegations),
      column(({ outcome: { stop } }) => stop.passedOverDelegations),
      column(({ outcome: { stop } }) => stop.nextQueueNumber),
      column(({ outcome: { stop } }) => stop.seatsVersion),
    ],
  );
}

/**
 * The same with all that the stops service has changed. `seats_limit` follows the capacity up at once; seats given
 * under a capacity that the same batch raised and lowered again stay given.
 */
function updateStop(sql: PipelinedTransaction, { before, queued, outcome: { stop } }: StopBatch): void {
  sql.send(
    `UPDATE stops SET stop_version = $2, status = $3, ends_at = $4, capacity = $5,
            max_delegates_per_company = $6, opens_at = $7, closes_at = $8, approval = $9, waitlist = $10,
            waitlist_policy = $11, verified_only = $12, starts_at = $21, changes_until = $22, confirmed_seats = confirmed_seats + $13,
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
      highestCapacity(before, queued),
      stop.startsAt,
      stop.changesUntil,
    ],
  );
}

/** The highest capacity that was in force at any decision of the batch. */
function highestCapacity(before: StopSeats, queued: readonly QueuedCommand[]): number {
  const changed = queued.flatMap(({ command }) =>
    command.kind === 'stopChanged' ? [command.stop.capacity] : [],
  );
  return Math.max(before.capacity, ...changed);
}

interface PlacedChange {
  readonly stopId: string;
  readonly after: Delegation;
}

function insertRegistrations(sql: PipelinedTransaction, created: readonly PlacedChange[]): void {
  const rows = created.map(({ after }) => after);
  sql.send(
    `INSERT INTO registrations (stop_id, id, company_id, status, seats, note, queue_number, created_at, version,
                                consent_text_version, consent_at)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::integer[], $6::text[],
                          $7::integer[], $8::timestamptz[], $9::integer[], $10::text[], $11::timestamptz[])`,
    [
      plainArray(created.map(({ stopId }) => stopId)),
      plainArray(rows.map(({ id }) => id)),
      plainArray(rows.map(({ companyId }) => companyId)),
      plainArray(rows.map(({ status }) => status)),
      plainArray(rows.map(({ delegates }) => delegates.length)),
      textArray(rows.map(({ note }) => note)),
      plainArray(rows.map(({ queueNumber }) => queueNumber)),
      instantArray(rows.map(({ createdAt }) => createdAt)),
      plainArray(rows.map(({ version }) => version)),
      textArray(rows.map(({ consent }) => consent?.textVersion ?? null)),
      instantArray(rows.map(({ consent }) => consent?.at ?? null)),
    ],
  );
}

function updateRegistrations(sql: PipelinedTransaction, changed: readonly PlacedChange[]): void {
  const rows = changed.map(({ after }) => after);
  sql.sendUnprepared(
    `UPDATE registrations r SET status = n.status, seats = n.seats, queue_number = n.queue_number,
            version = n.version, reason = n.reason
       FROM unnest($1::uuid[], $2::text[], $3::integer[], $4::integer[], $5::integer[], $6::text[])
         AS n (id, status, seats, queue_number, version, reason)
      WHERE r.id = n.id`,
    [
      plainArray(rows.map(({ id }) => id)),
      plainArray(rows.map(({ status }) => status)),
      plainArray(rows.map(({ delegates }) => delegates.length)),
      plainArray(rows.map(({ queueNumber }) => queueNumber)),
      plainArray(rows.map(({ version }) => version)),
      textArray(rows.map(({ reason }) => reason)),
    ],
  );
}

function promote(sql: PipelinedTransaction, promotions: readonly Promotion[]): void {
  sql.sendUnprepared(
    `UPDATE registrations r SET status = n.status, queue_number = NULL, version = n.version
       FROM unnest($1::uuid[], $2::text[], $3::integer[]) AS n (id, status, version)
      WHERE r.id = n.id`,
    [
      plainArray(promotions.map(({ id }) => id)),
      plainArray(promotions.map(({ status }) => status)),
      plainArray(promotions.map(({ version }) => version)),
    ],
  );
}

function insertDelegates(
  sql: PipelinedTransaction,
  added: readonly (Delegate & { registrationId: string })[],
): void {
  sql.send(
    `INSERT INTO delegates (id, registration_id, name, email, mobile, job_title, badge, language, search_text)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                          $9::text[])`,
    [
      plainArray(added.map(({ id }) => id)),
      plainArray(added.map(({ registrationId }) => registrationId)),
      textArray(added.map(({ name }) => name)),
      textArray(added.map(({ email }) => email)),
      textArray(added.map(({ mobile }) => mobile)),
      textArray(added.map(({ jobTitle }) => jobTitle)),
      textArray(added.map(({ badge }) => badge)),
      plainArray(added.map(({ language }) => language)),
      textArray(added.map(delegateSearchText)),
    ],
  );
}

function updateDelegates(sql: PipelinedTransaction, changed: readonly Delegate[]): void {
  sql.sendUnprepared(
    `UPDATE delegates d SET name = n.name, email = n.email, mobile = n.mobile, job_title = n.job_title,
            language = n.language, badge = n.badge, search_text = n.search_text
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
         AS n (id, name, email, mobile, job_title, language, badge, search_text)
      WHERE d.id = n.id`,
    [
      plainArray(changed.map(({ id }) => id)),
      textArray(changed.map(({ name }) => name)),
      textArray(changed.map(({ email }) => email)),
      textArray(changed.map(({ mobile }) => mobile)),
      textArray(changed.map(({ jobTitle }) => jobTitle)),
      plainArray(changed.map(({ language }) => language)),
      textArray(changed.map(({ badge }) => badge)),
      textArray(changed.map(delegateSearchText)),
    ],
  );
}

function deleteDelegates(sql: PipelinedTransaction, removed: readonly Delegate[]): void {
  sql.send('DELETE FROM delegates WHERE id = ANY ($1::uuid[])', [plainArray(removed.map(({ id }) => id))]);
}

function insertEndedBadges(
  sql: PipelinedTransaction,
  ended: readonly { stopId: string; registrationId: string; badge: string; delegateId: string }[],
): void {
  sql.send(
    `INSERT INTO ended_badges (stop_id, badge, delegate_id, registration_id)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[])`,
    [
      plainArray(ended.map(({ stopId }) => stopId)),
      textArray(ended.map(({ badge }) => badge)),
      plainArray(ended.map(({ delegateId }) => delegateId)),
      plainArray(ended.map(({ registrationId }) => registrationId)),
    ],
  );
}
