import { Injectable } from '@nestjs/common';
import { type Reader } from '#persistence';
import { erasedName } from '../seats/erase.js';
import type { DoorRow } from './door-list.js';

/** A point in the history of the database: what committed before it is seen, what committed after it may not be. */
export interface ChangePoint {
  /** The installation's history: another one after a restore or a failover, and then no point of before means anything. */
  readonly history: string;
  /** A transaction id: every transaction with a lower one had ended. */
  readonly xid: string;
}

export interface DoorQuery {
  readonly stopId: string;
  /** Folded text; `null` leaves the filter out. */
  readonly text: string | null;
  /** Changes alone: those from a point on, or with `null` all there ever were; left out, who is expected now. */
  readonly changedSince?: ChangePoint | null;
}

export type DoorPosition = readonly [createdAt: Date, registrationId: string, delegateId: string];

/** Reads the seats of a stop as its doors have them. */
@Injectable()
export class DoorListRepository {
  /**
   * To be read before the rows. A change that they do not show belongs to a transaction that had not ended when this was
   * read, so its id is not lower than this one's.
   */
  async presentPoint(manager: Reader): Promise<ChangePoint> {
    const [point] = (await manager.query(
      `SELECT system_identifier::text || '.' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8)
                || '.' || 'delegates'::regclass::oid AS history,
              pg_snapshot_xmin(pg_current_snapshot())::text AS xid
         FROM pg_control_system()`,
    )) as ChangePoint[];
    if (point === undefined) throw new Error('The database has no present.');
    return point;
  }

  /** In the order of registration. */
  async list(
    manager: Reader,
    { stopId, text, changedSince }: DoorQuery,
    after: DoorPosition | null,
    take: number,
  ): Promise<DoorRow[]> {
    const values = [stopId, ...(after ?? [null, null, null]), take, text, changedSince?.xid ?? null];
    return (await manager.query(
      changedSince === undefined ? expectedNow : changes,
      changedSince === undefined ? values.slice(0, 6) : values,
    )) as DoorRow[];
  }
}

const columns = `
  r.id AS "registrationId", r.company_id AS "companyId", coalesce(c.name, '{}') AS "companyName",
  r.created_at AS "createdAt", r.status, r.version AS "registrationVersion"`;

const delegateColumns = `
  d.id AS "delegateId", true AS "isThere", d.name, d.mobile, d.badge, d.checked_in_at AS "checkedInAt",
  d.check_in_version AS "checkInVersion"`;

/** Each by its index, whatever the planner thinks of the tables. */
const withDelegates = `
  CROSS JOIN LATERAL (SELECT *, xmin FROM delegates WHERE registration_id = r.id ORDER BY id OFFSET 0) AS d`;
const withCompany = `
  LEFT JOIN LATERAL (
    SELECT name, search_text, xmin FROM companies WHERE company_id = r.company_id OFFSET 0) AS c ON true`;

/** By company, name, and last digits of the mobile number; the last line of the text is the e-mail address. */
const isFound = `
  ($6::text IS NULL OR strpos(c.search_text, $6) > 0
   OR strpos(left(d.search_text, -length(d.email)), $6) > 0)`;

const isBehind = (delegateId: string) => `
  ($3::uuid IS NULL OR (r.created_at, r.id) >= ($2::timestamptz, $3::uuid))
  AND ($3::uuid IS NULL OR (r.created_at, r.id) > ($2::timestamptz, $3::uuid) OR ${delegateId} > $4::uuid)`;

const expectedNow = `
  SELECT ${columns}, ${delegateColumns}
    FROM registrations r ${withDelegates} ${withCompany}
   WHERE r.stop_id = $1 AND r.status = 'confirmed' AND d.badge IS NOT NULL AND ${isBehind('d.id')} AND ${isFound}
   ORDER BY r.created_at, r.id, d.id LIMIT $5`;

/**
 * Whether a transaction from the point on wrote this version of a row: PostgreSQL stamps each with its transaction, so no
 * writer can forget it. Ages are compared, since a row's stamp has 32 bit; one of billions of transactions ago may pass
 * for a new one, and is then listed once more.
 */
const wroteSince = (alias: string) =>
  `age(${alias}.xmin) <= age((($7::text::numeric) % 4294967296)::text::xid)`;

/** Seats that are there, and those that were taken away, of which the last badge is left. */
const changes = `
  SELECT * FROM (
    SELECT ${columns}, ${delegateColumns}
      FROM registrations r ${withDelegates} ${withCompany}
     WHERE r.stop_id = $1 AND ${isBehind('d.id')} AND ${isFound}
       AND ($7::text IS NULL OR ${wroteSince('r')} OR ${wroteSince('d')} OR ${wroteSince('c')})
    UNION ALL
    SELECT ${columns}, e.delegate_id, false, '${erasedName}', NULL, e.badge, NULL, 0
      FROM (SELECT DISTINCT ON (e.delegate_id) e.delegate_id, e.registration_id, e.badge
              FROM ended_badges e
             WHERE e.stop_id = $1 AND ($7::text IS NULL OR ${wroteSince('e')})
               AND NOT EXISTS (SELECT FROM delegates d WHERE d.id = e.delegate_id)
             ORDER BY e.delegate_id, e.ended_at DESC, e.badge) AS e
      JOIN registrations r ON r.id = e.registration_id ${withCompany}
     WHERE ${isBehind('e.delegate_id')} AND $6::text IS NULL
  ) AS changed
  ORDER BY "createdAt", "registrationId", "delegateId" LIMIT $5`;
