import { Injectable } from '@nestjs/common';
import type { Localized } from '#contracts';
import {
  findReplays,
  instantArray,
  plainArray,
  textArray,
  type PipelinedTransaction,
  type Reader,
} from '#persistence';
import type { StopSnapshot } from '../seats/stop-seats.js';
import { LoadedScans, type ScannedDelegate } from './loaded-scans.js';
import type { QueuedCheckIn } from './queued-check-in.js';

/** One company's confirmed delegates at a stop, and how many of them have checked in. */
interface CompanyAttendance {
  readonly registrationId: string;
  readonly createdAt: Date;
  readonly companyId: string;
  readonly name: Localized;
  readonly expected: number;
  readonly checkedIn: number;
}

type Door = Pick<StopSnapshot, 'stopId' | 'organizationId' | 'status' | 'startsAt'>;

/** The rows of delegates as doors see them. */
@Injectable()
export class CheckInRepository {
  /** Locks the scanned delegates until the transaction ends, and loads what deciding needs, all in one go. */
  async load(sql: PipelinedTransaction, queued: readonly QueuedCheckIn[]): Promise<LoadedScans> {
    const badges = [...new Set(queued.flatMap(({ scanned }) => ('badge' in scanned ? scanned.badge : [])))];
    const ids = [...new Set(queued.flatMap(({ scanned }) => ('badge' in scanned ? [] : scanned.delegateId)))];
    const [stops, delegates, ended, replays] = await Promise.all([
      this.loadStops(sql, [...new Set(queued.map(({ stopId }) => stopId))]),
      this.lockDelegates(sql, badges, ids),
      this.loadEnded(sql, badges),
      findReplays(
        sql,
        queued.map(({ call }) => call),
      ),
    ]);
    const stopIds = new Map(ended.map(({ badge, stopId }) => [badge, stopId]));
    return new LoadedScans(new Map(stops.map((stop) => [stop.stopId, stop])), delegates, stopIds, replays);
  }

  /** Found by the index, each row by its place in the arrays: a join could be planned as a scan of all delegates. */
  sendTimes(sql: PipelinedTransaction, changed: readonly ScannedDelegate[]): void {
    if (changed.length === 0) return;
    sql.send(
      `UPDATE delegates SET checked_in_at = ($2::timestamptz[])[array_position($1::uuid[], id)],
              check_in_version = ($3::integer[])[array_position($1::uuid[], id)]
        WHERE id = ANY ($1::uuid[])`,
      [
        plainArray(changed.map(({ id }) => id)),
        instantArray(changed.map(({ checkedInAt }) => checkedInAt)),
        plainArray(changed.map(({ checkInVersion }) => checkInVersion)),
      ],
    );
  }

  /** Confirmed delegates of a stop, and how many of them have checked in. */
  async countAll(manager: Reader, stopId: string): Promise<{ expected: number; checkedIn: number }> {
    const [counted] = (await manager.query(
      `SELECT count(*)::integer AS expected, count(d.checked_in_at)::integer AS "checkedIn"
         FROM registrations r JOIN delegates d ON d.registration_id = r.id
        WHERE r.stop_id = $1 AND r.status = 'confirmed'`,
      [stopId],
    )) as { expected: number; checkedIn: number }[];
    return counted ?? { expected: 0, checkedIn: 0 };
  }

  /** The same by company, which has one confirmed registration at most, in the order of registration. */
  async countByCompany(
    manager: Reader,
    stopId: string,
    after: readonly [createdAt: Date, registrationId: string] | null,
    take: number,
  ): Promise<CompanyAttendance[]> {
    const [createdAt, registrationId] = after ?? [null, null];
    return (await manager.query(
      `SELECT r.id AS "registrationId", r.created_at AS "createdAt", r.company_id AS "companyId",
              coalesce(c.name, '{}') AS name, d.expected, d."checkedIn"
         FROM (SELECT id, created_at, company_id FROM registrations
                WHERE stop_id = $1 AND status = 'confirmed'
                  AND ($3::uuid IS NULL OR (created_at, id) > ($2::timestamptz, $3::uuid))
                ORDER BY created_at, id LIMIT $4) AS r
        CROSS JOIN LATERAL (
          SELECT count(*)::integer AS expected, count(checked_in_at)::integer AS "checkedIn"
            FROM delegates WHERE registration_id = r.id) AS d
         LEFT JOIN companies c USING (company_id)
        ORDER BY r.created_at, r.id`,
      [stopId, createdAt, registrationId, take],
    )) as CompanyAttendance[];
  }

  private async loadStops(sql: PipelinedTransaction, stopIds: readonly string[]): Promise<Door[]> {
    return (await sql.query(
      `SELECT s.* FROM unnest($1::uuid[]) AS named (id)
        CROSS JOIN LATERAL (
          SELECT stop_id AS "stopId", organization_id AS "organizationId", status, starts_at AS "startsAt"
            FROM stops WHERE stop_id = named.id OFFSET 0) AS s`,
      [plainArray(stopIds)],
    )) as Door[];
  }

  /**
   * In the order of their ids, so that two transactions never wait for each other; of two scans at once the second
   * finds the time of the first. The badge may have been replaced while the lock was waited for, so it is read again.
   */
  private async lockDelegates(
    sql: PipelinedTransaction,
    badges: readonly string[],
    delegateIds: readonly string[],
  ): Promise<ScannedDelegate[]> {
    return (await sql.query(
      `SELECT d.*, r.*, coalesce(c.name, '{}') AS "companyName", false AS ended
         FROM (SELECT found.id FROM unnest($1::text[]) AS scanned (badge)
                CROSS JOIN LATERAL (SELECT id FROM delegates WHERE badge = scanned.badge OFFSET 0) AS found
                UNION SELECT * FROM unnest($2::uuid[]) ORDER BY 1) AS named
        CROSS JOIN LATERAL (
          SELECT id, name, badge, registration_id AS "registrationId", checked_in_at AS "checkedInAt",
                 check_in_version AS "checkInVersion"
            FROM delegates WHERE id = named.id FOR UPDATE OFFSET 0) AS d
        CROSS JOIN LATERAL (
          SELECT stop_id AS "stopId", company_id AS "companyId", status, created_at AS "registeredAt"
            FROM registrations WHERE id = d."registrationId" OFFSET 0) AS r
         LEFT JOIN LATERAL (SELECT name FROM companies WHERE company_id = r."companyId" OFFSET 0) AS c ON true`,
      [textArray(badges), plainArray(delegateIds)],
    )) as ScannedDelegate[];
  }

  private async loadEnded(
    sql: PipelinedTransaction,
    badges: readonly string[],
  ): Promise<{ badge: string; stopId: string }[]> {
    return (await sql.query(
      `SELECT e.* FROM unnest($1::text[]) AS scanned (badge)
        CROSS JOIN LATERAL (
          SELECT badge, stop_id AS "stopId" FROM ended_badges WHERE badge = scanned.badge OFFSET 0) AS e`,
      [textArray(badges)],
    )) as { badge: string; stopId: string }[];
  }
}
