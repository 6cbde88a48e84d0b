import { Injectable } from '@nestjs/common';
import { type Reader } from '#persistence';
import type { DelegationStatus } from '../seats/delegation.js';
import type { ExportedDelegate } from './registration-rows.js';

export interface ExportQuery {
  readonly stopId: string;
  readonly statuses: readonly DelegationStatus[] | null;
}

/** Reads what exports show, a small number of registrations at a time, each found by an index. */
@Injectable()
export class ExportRowsRepository {
  /** Delegates of the next registrations, in the order of registration; places on the waiting list are not in it. */
  async nextRows(
    manager: Reader,
    { stopId, statuses }: ExportQuery,
    after: readonly [createdAt: Date, registrationId: string] | null,
    registrations: number,
  ): Promise<ExportedDelegate[]> {
    const [createdAt, registrationId] = after ?? [null, null];
    return (await manager.query(
      `SELECT r.id AS "registrationId", r.status, NULL AS "waitlistPosition", r.company_id AS "companyId",
              coalesce(c.name, '{}') AS "companyName", r.note, r.reason, r.created_at AS "createdAt",
              r.consent_text_version AS "consentTextVersion", r.consent_at AS "consentAt",
              d.id AS "delegateId", d.name, d.email, d.mobile, d.job_title AS "jobTitle", d.language, d.badge,
              d.checked_in_at AS "checkedInAt"
         FROM (SELECT * FROM registrations
                WHERE stop_id = $1 AND ($2::text[] IS NULL OR status = ANY ($2))
                  AND ($4::uuid IS NULL OR (created_at, id) > ($3::timestamptz, $4::uuid))
                ORDER BY created_at, id LIMIT $5) AS r
        CROSS JOIN LATERAL (SELECT * FROM delegates WHERE registration_id = r.id OFFSET 0) AS d
         LEFT JOIN LATERAL (SELECT name FROM companies WHERE company_id = r.company_id OFFSET 0) AS c ON true
        ORDER BY r.created_at, r.id, d.id`,
      [stopId, statuses, createdAt, registrationId, registrations],
    )) as ExportedDelegate[];
  }
}
