import { Injectable } from '@nestjs/common';
import { type Reader } from '#persistence';
import type { DelegationStatus } from '../seats/delegation.js';

export interface ExportQuery {
  readonly stopId: string;
  readonly statuses: readonly DelegationStatus[] | null;
}

/** The last registration of a page; the time with the microseconds that a `Date` would lose. */
export interface PageEnd {
  readonly createdAt: string;
  readonly registrationId: string;
}

interface Page {
  /** An array of `ExportedDelegate`, as JSON. */
  readonly rows: string;
  readonly last: PageEnd;
}

/** Reads what exports show, a small number of registrations at a time, each found by an index. */
@Injectable()
export class ExportRowsRepository {
  /** Delegates of the next registrations, in the order of registration; null where none follows. */
  async nextPage(
    manager: Reader,
    { stopId, statuses }: ExportQuery,
    after: PageEnd | null,
    registrations: number,
  ): Promise<Page | null> {
    const [page] = (await manager.query(
      `WITH next AS (
         SELECT * FROM registrations
          WHERE stop_id = $1 AND ($2::text[] IS NULL OR status = ANY ($2))
            AND ($4::uuid IS NULL OR (created_at, id) > ($3::timestamptz, $4::uuid))
          ORDER BY created_at, id LIMIT $5),
       delegate_rows AS (
         SELECT r.id AS "registrationId", r.status, r.company_id AS "companyId",
                coalesce(c.name, '{}') AS "companyName", r.note, r.reason, r.created_at AS "createdAt",
                r.consent_text_version AS "consentTextVersion", r.consent_at AS "consentAt",
                d.id AS "delegateId", d.name, d.email, d.mobile, d.job_title AS "jobTitle", d.language, d.badge,
                d.checked_in_at AS "checkedInAt"
           FROM next AS r
          CROSS JOIN LATERAL (SELECT * FROM delegates WHERE registration_id = r.id OFFSET 0) AS d
           LEFT JOIN LATERAL (SELECT name FROM companies WHERE company_id = r.company_id OFFSET 0) AS c ON true
          ORDER BY r.created_at, r.id, d.id)
       SELECT (SELECT coalesce(json_agg(delegate_rows), '[]')::text FROM delegate_rows) AS rows,
              created_at::text AS "createdAt", id AS "registrationId"
         FROM next ORDER BY created_at DESC, id DESC LIMIT 1`,
      [stopId, statuses, after?.createdAt ?? null, after?.registrationId ?? null, registrations],
    )) as ({ rows: string } & PageEnd)[];
    return page === undefined ? null : { rows: page.rows, last: page };
  }
}
