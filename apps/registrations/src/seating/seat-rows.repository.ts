import type { Localized, Problem } from '#contracts';
import { findReplays, plainArray, textArray, type Replay, type Sql } from '#persistence';
import type { SeatsState, VerificationStatus, Waiting } from '../seats/decision.js';
import {
  consentOf,
  emailKey,
  type Delegate,
  type Delegation,
  type DelegationStatus,
} from '../seats/delegation.js';
import { loadPlan } from '../seats/load-plan.js';
import { loadDeparted } from './departed.repository.js';
import { newEmails, PeopleElsewhere, type PlacedPerson } from '../seats/people-elsewhere.js';
import type { StopSeats } from '../seats/stop-seats.js';
import type { QueuedCommand } from './queued-command.js';
import { groupByStop } from './stop-batch.js';

/** The names and standings of the companies that a batch touches. */
export class LoadedCompanies {
  readonly names: ReadonlyMap<string, Localized>;
  private readonly byOrganization = new Map<string, Map<string, VerificationStatus>>();

  constructor(private readonly rows: readonly CompanyRow[]) {
    this.names = new Map(rows.map(({ companyId, name }) => [companyId, name]));
  }

  /** What the organization decided about each; a company that is missing is unverified. */
  standingsWith(organizationId: string): SeatsState['standings'] {
    const known = this.byOrganization.get(organizationId);
    if (known !== undefined) return known;
    const found = new Map<string, VerificationStatus>();
    for (const { companyId, standings } of this.rows) {
      const own = standings.find((one) => one.organizationId === organizationId);
      if (own !== undefined) found.set(companyId, own.status);
    }
    this.byOrganization.set(organizationId, found);
    return found;
  }
}

/** What a transaction has loaded once the rows of its stops were locked. */
export interface LoadedSeats {
  readonly stops: ReadonlyMap<string, StopSeats>;
  /** By the place of the command. */
  readonly replays: readonly (Replay | Problem | undefined)[];
  /** By stop. */
  readonly delegations: ReadonlyMap<string, readonly Delegation[]>;
  readonly companies: LoadedCompanies;
  readonly people: PeopleElsewhere;
  /** Seats of what is to be erased from which somebody left who is still kept. */
  readonly departed: ReadonlySet<string>;
}

/**
 * Locks the rows of the stops until the transaction ends, in the order of their ids, and loads what the commands touch:
 * all in one go, since each statement sees what was committed before it began, and it begins under the locks.
 */
export async function loadSeats(sql: Sql, queued: readonly QueuedCommand[]): Promise<LoadedSeats> {
  const groups = groupByStop(queued);
  const plans = [...groups].map(([stopId, own]) => ({
    stopId,
    ...loadPlan(own.map(({ command }) => command)),
  }));
  const registrationIds = plans.flatMap((plan) => plan.registrationIds);
  const live = plans.flatMap(({ stopId, companyIds }) =>
    companyIds.map((companyId) => ({ stopId, companyId })),
  );
  const people = queued.flatMap(({ stopId, command }) =>
    newEmails(command).map((email) => ({ stopId, email })),
  );
  const erasing = queued.flatMap(({ command }) => (command.kind === 'erase' ? [command.registrationId] : []));
  const [stops, replays, named, ofCompanies, companies, placed, departed] = await Promise.all([
    lockStops(sql, [...groups.keys()]),
    findReplays(
      sql,
      queued.map(({ call }) => call),
    ),
    registrationIds.length === 0 ? [] : loadById(sql, registrationIds),
    live.length === 0 ? [] : loadLive(sql, live),
    loadCompanies(sql, registrationIds, [...new Set(live.map(({ companyId }) => companyId))]),
    people.length === 0 ? [] : loadPeople(sql, people),
    loadDeparted(sql, erasing),
  ]);
  return {
    stops: new Map(stops.map((stop) => [stop.stopId, stop])),
    replays,
    delegations: byStop([...named, ...ofCompanies]),
    companies: new LoadedCompanies(companies),
    people: new PeopleElsewhere(placed),
    departed,
  };
}

/** One look-up by the index for each id, in the order given, whatever the planner thinks of the table. */
async function lockStops(sql: Sql, stopIds: readonly string[]): Promise<StopSeats[]> {
  return (await sql.query(
    `SELECT s.* FROM unnest($1::uuid[]) AS named (id)
      CROSS JOIN LATERAL (SELECT ${stopColumns} FROM stops WHERE stop_id = named.id FOR UPDATE OFFSET 0) AS s`,
    [plainArray(stopIds.toSorted())],
  )) as StopSeats[];
}

const stopColumns = `
  stop_id AS "stopId", organization_id AS "organizationId", stop_version AS "stopVersion", status,
  starts_at AS "startsAt", ends_at AS "endsAt", capacity, max_delegates_per_company AS "maxDelegatesPerCompany",
  opens_at AS "opensAt", closes_at AS "closesAt", changes_until AS "changesUntil", approval, waitlist,
  waitlist_policy AS "waitlistPolicy", verified_only AS "verifiedOnly",
  time_zone AS "timeZone",
  confirmed_seats AS "confirmedSeats", pending_seats AS "pendingSeats",
  waitlisted_seats AS "waitlistedSeats", waiting_delegations AS "waitingDelegations",
  passed_over_delegations AS "passedOverDelegations", next_queue_number AS "nextQueueNumber",
  seats_version AS "seatsVersion"`;

interface DelegationRow {
  id: string;
  companyId: string;
  status: DelegationStatus;
  note: string | null;
  reason: string | null;
  consentTextVersion: string | null;
  consentAt: Date | null;
  queueNumber: number | null;
  createdAt: Date;
  version: number;
  delegates: Delegate[] | null;
}

const delegationColumns = `
  r.id, r.company_id AS "companyId", r.status, r.note, r.reason,
  r.consent_text_version AS "consentTextVersion", r.consent_at AS "consentAt", r.queue_number AS "queueNumber",
  r.created_at AS "createdAt", r.version,
  (SELECT json_agg(json_build_object('id', d.id, 'name', d.name, 'email', d.email, 'mobile', d.mobile,
                                     'jobTitle', d.job_title, 'language', d.language,
                                     'badge', d.badge) ORDER BY d.id)
     FROM delegates d WHERE d.registration_id = r.id) AS delegates`;

interface PlacedRow extends DelegationRow {
  stopId: string;
}

/** The delegations with these ids, in any status. */
async function loadById(sql: Sql, registrationIds: readonly string[]): Promise<PlacedRow[]> {
  return (await sql.query(
    `SELECT r.stop_id AS "stopId", ${delegationColumns} FROM unnest($1::uuid[]) AS named (id)
      CROSS JOIN LATERAL (SELECT * FROM registrations WHERE id = named.id OFFSET 0) AS r`,
    [plainArray(registrationIds)],
  )) as PlacedRow[];
}

/** The live delegation of each company at each stop. */
async function loadLive(
  sql: Sql,
  pairs: readonly { stopId: string; companyId: string }[],
): Promise<PlacedRow[]> {
  return (await sql.query(
    `SELECT r.stop_id AS "stopId", ${delegationColumns} FROM unnest($1::uuid[], $2::uuid[]) AS named (stop_id, company_id)
      CROSS JOIN LATERAL (
        SELECT * FROM registrations
         WHERE stop_id = named.stop_id AND company_id = named.company_id
           AND status IN ('confirmed', 'pending', 'waitlisted') OFFSET 0) AS r`,
    [plainArray(pairs.map(({ stopId }) => stopId)), plainArray(pairs.map(({ companyId }) => companyId))],
  )) as PlacedRow[];
}

/**
 * The live delegations in which these people are at these stops already. Each is found by its id alone: together with the
 * stop, the planner would rather read all that is live there.
 */
async function loadPeople(
  sql: Sql,
  people: readonly { stopId: string; email: string }[],
): Promise<PlacedPerson[]> {
  return (await sql.query(
    `SELECT named.stop_id AS "stopId", named.email, r.id AS "registrationId"
       FROM unnest($1::uuid[], $2::text[]) AS named (stop_id, email)
      CROSS JOIN LATERAL (SELECT registration_id FROM delegates WHERE lower(email) = named.email OFFSET 0) AS d
      CROSS JOIN LATERAL (
        SELECT id, stop_id, status FROM registrations WHERE id = d.registration_id OFFSET 0) AS r
      WHERE r.stop_id = named.stop_id AND r.status IN ('confirmed', 'pending', 'waitlisted')`,
    [plainArray(people.map(({ stopId }) => stopId)), textArray(people.map(({ email }) => emailKey(email)))],
  )) as PlacedPerson[];
}

/** A live delegation may be named twice, by its id and by its company. */
function byStop(rows: readonly PlacedRow[]): Map<string, Delegation[]> {
  const delegations = new Map<string, Delegation[]>();
  const seen = new Set<string>();
  for (const { stopId, ...row } of rows) {
    if (seen.has(row.id)) continue;
    seen.add(row.id);
    const own = delegations.get(stopId);
    if (own === undefined) delegations.set(stopId, [toDelegation(row)]);
    else own.push(toDelegation(row));
  }
  return delegations;
}

function toDelegation({ delegates, consentTextVersion, consentAt, ...row }: DelegationRow): Delegation {
  return { ...row, consent: consentOf(consentTextVersion, consentAt), delegates: delegates ?? [] };
}

interface CompanyRow {
  companyId: string;
  name: Localized;
  standings: { organizationId: string; status: VerificationStatus }[];
}

/** The companies given, and those of the registrations given. */
async function loadCompanies(
  sql: Sql,
  registrationIds: readonly string[],
  companyIds: readonly string[],
): Promise<CompanyRow[]> {
  const rows = await Promise.all([
    companyIds.length === 0
      ? []
      : sql.query(
          `SELECT c.* FROM unnest($1::uuid[]) AS named (id)
            CROSS JOIN LATERAL (${companyColumns} WHERE company_id = named.id OFFSET 0) AS c`,
          [plainArray(companyIds)],
        ),
    registrationIds.length === 0
      ? []
      : sql.query(
          `SELECT c.* FROM unnest($1::uuid[]) AS named (id)
            CROSS JOIN LATERAL (SELECT company_id FROM registrations WHERE id = named.id OFFSET 0) AS r
            CROSS JOIN LATERAL (${companyColumns} WHERE company_id = r.company_id OFFSET 0) AS c`,
          [plainArray(registrationIds)],
        ),
  ]);
  return rows.flat() as CompanyRow[];
}

const companyColumns = `SELECT company_id AS "companyId", name, standings FROM companies`;

/** The waiting lists of the stops in queue order, whole. */
export async function loadWaiting(sql: Sql, stopIds: readonly string[]): Promise<Map<string, Waiting[]>> {
  if (stopIds.length === 0) return new Map();
  const rows = (await sql.query(
    `SELECT named.id AS "stopId", w.* FROM unnest($1::uuid[]) AS named (id)
      CROSS JOIN LATERAL (
        SELECT id, company_id AS "companyId", seats, queue_number AS "queueNumber", version
          FROM registrations WHERE stop_id = named.id AND queue_number IS NOT NULL ORDER BY queue_number) AS w`,
    [plainArray(stopIds)],
  )) as (Waiting & { stopId: string })[];
  const lists = new Map<string, Waiting[]>(stopIds.map((stopId) => [stopId, []]));
  for (const { stopId, ...entry } of rows) lists.get(stopId)?.push(entry);
  return lists;
}
