import { plainArray, type Sql } from '#persistence';
import type { DataOf, checkInChanged } from '#contracts';

/** The ids of the delegates of registrations, by registration. */
export async function loadDelegateIds(
  sql: Sql,
  registrationIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (registrationIds.length === 0) return new Map();
  const rows = (await sql.query(
    `SELECT named.id AS "registrationId", d.id FROM unnest($1::uuid[]) AS named (id)
      CROSS JOIN LATERAL (SELECT id FROM delegates WHERE registration_id = named.id ORDER BY id OFFSET 0) AS d`,
    [plainArray(registrationIds)],
  )) as { registrationId: string; id: string }[];
  const ids = new Map<string, string[]>();
  for (const { registrationId, id } of rows) {
    const own = ids.get(registrationId);
    if (own === undefined) ids.set(registrationId, [id]);
    else own.push(id);
  }
  return ids;
}

/** Takes back the check-ins of these delegates. @returns the new states of those who had one */
export async function clearCheckIns(
  sql: Sql,
  delegateIds: readonly string[],
): Promise<DataOf<typeof checkInChanged>[]> {
  if (delegateIds.length === 0) return [];
  return (await sql.query(
    `WITH cleared AS (
       UPDATE delegates SET checked_in_at = NULL, check_in_version = check_in_version + 1
        WHERE id = ANY ($1::uuid[]) AND checked_in_at IS NOT NULL
       RETURNING id, registration_id, check_in_version
     )
     SELECT c.id AS "delegateId", r.id AS "registrationId", r.stop_id AS "stopId", r.company_id AS "companyId",
            NULL AS "checkedInAt", c.check_in_version AS version
       FROM cleared c CROSS JOIN LATERAL (
         SELECT id, stop_id, company_id FROM registrations WHERE id = c.registration_id OFFSET 0) AS r`,
    [plainArray(delegateIds)],
  )) as DataOf<typeof checkInChanged>[];
}
