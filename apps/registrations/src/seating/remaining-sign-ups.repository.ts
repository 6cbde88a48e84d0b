import { signUpsChanged, type DataOf } from '#contracts';
import { bySession, type SignUpPair } from './sign-ups-by-session.js';
import { plainArray, type PendingRecords, type Sql } from '#persistence';

type SignUpsState = DataOf<typeof signUpsChanged>;

interface SignUpsRow extends Omit<SignUpsState, 'signUps'> {
  readonly pairs: readonly SignUpPair[] | null;
}

/** Records the events that say what is left of delegations' sign-ups, once rows of theirs were deleted. */
export async function recordSignUps(
  sql: Sql,
  recorded: PendingRecords,
  ended: readonly { readonly registrationId: string }[],
): Promise<void> {
  const ids = [...new Set(ended.map(({ registrationId }) => registrationId))];
  if (ids.length === 0) return;
  const rows = (await sql.query(
    `WITH changed AS (
       UPDATE registrations SET sign_ups_version = sign_ups_version + 1 WHERE id = ANY ($1::uuid[])
       RETURNING id, stop_id, company_id, sign_ups_version
     )
     ${selectSignUps('changed')}`,
    [plainArray(ids)],
  )) as SignUpsRow[];
  for (const row of rows) recorded.emit(signUpsChanged, row.registrationId, signUpsState(row));
}

/** The present states, to publish them again. */
export async function readSignUps(sql: Sql, registrationIds: readonly string[]): Promise<SignUpsState[]> {
  const rows = (await sql.query(
    `${selectSignUps('registrations')} WHERE r.id = ANY ($1::uuid[]) AND r.sign_ups_version > 0`,
    [registrationIds],
  )) as SignUpsRow[];
  return rows.map(signUpsState);
}

function selectSignUps(table: string): string {
  return `
    SELECT r.id AS "registrationId", r.stop_id AS "stopId", r.company_id AS "companyId",
           (SELECT json_agg(json_build_object('sessionId', s.session_id, 'delegateId', s.delegate_id)
                            ORDER BY s.session_id, s.delegate_id)
              FROM delegates d JOIN sign_ups s ON s.delegate_id = d.id
             WHERE d.registration_id = r.id) AS pairs,
           r.sign_ups_version AS version
      FROM ${table} r`;
}

function signUpsState({ pairs, version, ...ids }: SignUpsRow): SignUpsState {
  return { ...ids, signUps: bySession(pairs ?? []), version };
}
