import type { Localized } from '#contracts';
import type { Sql } from '#persistence';
import type { SeatsState, VerificationStatus, Waiting } from '../seats/decision.js';
import type { Delegate, Delegation, DelegationStatus } from '../seats/delegation.js';
import type { LoadPlan } from '../seats/load-plan.js';
import type { StopSnapshot, StopSeats } from '../seats/stop-seats.js';

/** The names and standings of the companies that a batch touches. */
export interface LoadedCompanies {
  readonly names: ReadonlyMap<string, Localized>;
  readonly standings: SeatsState['standings'];
}

/** Locks the stop's row until the transaction ends: whoever decides about its seats decides alone. */
export async function lockStop(sql: Sql, stopId: string): Promise<StopSeats | undefined> {
  const rows = (await sql.query(`SELECT ${stopColumns} FROM stops WHERE stop_id = $1 FOR UPDATE`, [
    stopId,
  ])) as StopSeats[];
  return rows[0];
}

/** The stop without a lock, for reads. */
export async function readStop(
  sql: Sql,
  stopId: string,
): Promise<(StopSeats & { everPublished: boolean }) | undefined> {
  const rows = (await sql.query(
    `SELECT ${stopColumns}, ever_published AS "everPublished" FROM stops WHERE stop_id = $1`,
    [stopId],
  )) as (StopSeats & { everPublished: boolean })[];
  return rows[0];
}

const stopColumns = `
  stop_id AS "stopId", organization_id AS "organizationId", stop_version AS "stopVersion", status,
  ends_at AS "endsAt", capacity, max_delegates_per_company AS "maxDelegatesPerCompany",
  opens_at AS "opensAt", closes_at AS "closesAt", approval, waitlist,
  waitlist_policy AS "waitlistPolicy", verified_only AS "verifiedOnly",
  confirmed_seats AS "confirmedSeats", pending_seats AS "pendingSeats",
  waitlisted_seats AS "waitlistedSeats", waiting_delegations AS "waitingDelegations",
  passed_over_delegations AS "passedOverDelegations", next_queue_number AS "nextQueueNumber",
  seats_version AS "seatsVersion"`;

interface DelegationRow {
  id: string;
  companyId: string;
  status: DelegationStatus;
  note: string | null;
  queueNumber: number | null;
  createdAt: Date;
  version: number;
  delegates: Delegate[] | null;
}

const delegationColumns = `
  r.id, r.company_id AS "companyId", r.status, r.note, r.queue_number AS "queueNumber",
  r.created_at AS "createdAt", r.version,
  (SELECT json_agg(json_build_object('id', d.id, 'name', d.name, 'email', d.email, 'mobile', d.mobile,
                                     'jobTitle', d.job_title, 'badge', d.badge) ORDER BY d.id)
     FROM delegates d WHERE d.registration_id = r.id) AS delegates`;

/** The delegations that the plan names, by id in any status, by company the live one. */
export async function loadDelegations(
  sql: Sql,
  stopId: string,
  { registrationIds, companyIds }: LoadPlan,
): Promise<Delegation[]> {
  const rows = (await sql.query(
    `SELECT ${delegationColumns} FROM registrations r WHERE r.stop_id = $1 AND r.id = ANY($2::uuid[])
     UNION ALL
     SELECT ${delegationColumns} FROM registrations r
      WHERE r.stop_id = $1 AND r.company_id = ANY($3::uuid[]) AND r.id <> ALL($2::uuid[])
        AND r.status IN ('confirmed', 'pending', 'waitlisted')`,
    [stopId, registrationIds, companyIds],
  )) as DelegationRow[];
  return rows.map(toDelegation);
}

/** Any delegations, found by a condition on `r` (registrations); `tail` may order and limit them. */
export async function findDelegations(
  sql: Sql,
  condition: string,
  values: unknown[],
): Promise<(Delegation & { stopId: string })[]> {
  const rows = (await sql.query(
    `SELECT r.stop_id AS "stopId", ${delegationColumns} FROM registrations r WHERE ${condition}`,
    values,
  )) as (DelegationRow & { stopId: string })[];
  return rows.map((row) => ({ ...toDelegation(row), stopId: row.stopId }));
}

function toDelegation({ delegates, ...row }: DelegationRow): Delegation {
  return { ...row, delegates: delegates ?? [] };
}

/** Names and standings of the companies given, and of those whose delegations are named. */
export async function loadCompanies(
  sql: Sql,
  organizationId: StopSnapshot['organizationId'],
  { registrationIds, companyIds }: LoadPlan,
): Promise<LoadedCompanies> {
  const rows = (await sql.query(
    `SELECT company_id AS "companyId", name, standings FROM companies WHERE company_id = ANY($1::uuid[])
     UNION
     SELECT company_id, name, standings FROM companies JOIN registrations r USING (company_id)
      WHERE r.id = ANY($2::uuid[])`,
    [companyIds, registrationIds],
  )) as {
    companyId: string;
    name: Localized;
    standings: { organizationId: string; status: VerificationStatus }[];
  }[];
  const names = new Map(rows.map((row) => [row.companyId, row.name]));
  const standings = new Map<string, VerificationStatus>();
  for (const row of rows) {
    const own = row.standings.find((one) => one.organizationId === organizationId);
    if (own !== undefined) standings.set(row.companyId, own.status);
  }
  return { names, standings };
}

/** The waiting list in queue order, whole. */
export async function loadWaiting(sql: Sql, stopId: string): Promise<Waiting[]> {
  return (await sql.query(
    `SELECT id, company_id AS "companyId", seats, queue_number AS "queueNumber", version
       FROM registrations WHERE stop_id = $1 AND queue_number IS NOT NULL ORDER BY queue_number`,
    [stopId],
  )) as Waiting[];
}
