import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Problem, type DelegateContact, type LiveDelegation } from '#contracts';
import { plainArray, type Reader } from '#persistence';

interface Asked {
  readonly stopId?: string | undefined;
  readonly companyIds?: readonly string[] | undefined;
}

/** Reads delegations as matching needs them: who comes, by whom, and when these people are in sessions. */
@Injectable()
export class DelegationLookupRepository {
  async findLive(manager: Reader, { stopId, companyIds }: Asked): Promise<LiveDelegation[]> {
    const rows = (await manager.query(
      `SELECT r.id AS "registrationId", r.stop_id AS "stopId", r.company_id AS "companyId", r.status, r.version,
              json_agg(json_build_object('id', d.id, 'taken', coalesce(t.taken, '[]')) ORDER BY d.id) AS delegates
         FROM registrations r JOIN delegates d ON d.registration_id = r.id
         LEFT JOIN LATERAL (
              SELECT json_agg(json_build_object('sessionId', s.session_id,
                        'from', to_char(s.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                        'to', to_char(s.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
                        ORDER BY s.starts_at, s.session_id) AS taken
                FROM sign_ups u JOIN sessions s USING (session_id)
               WHERE u.delegate_id = d.id AND s.status = 'scheduled') t ON true
        WHERE r.status IN ('confirmed', 'pending', 'waitlisted')
          AND ($1::uuid IS NULL OR r.stop_id = $1) AND ($2::uuid[] IS NULL OR r.company_id = ANY ($2))
        GROUP BY r.id ORDER BY r.id`,
      [stopId ?? null, companyIds === undefined ? null : plainArray(companyIds)],
    )) as LiveDelegation[];
    return rows;
  }

  /** @throws Problem for a badge that is unknown, of another stop, or no longer valid */
  async identify(
    manager: Reader,
    stopId: string,
    badge: string,
  ): Promise<{ delegateId: string; companyId: string }> {
    const [found] = (await manager.query(
      `SELECT d.id AS "delegateId", r.company_id AS "companyId", r.stop_id AS "stopId", r.status = 'confirmed' AS valid
         FROM delegates d JOIN registrations r ON r.id = d.registration_id WHERE d.badge = $1
        UNION ALL
       SELECT delegate_id, delegate_id, stop_id, false FROM ended_badges WHERE badge = $1`,
      [badge],
    )) as { delegateId: string; companyId: string; stopId: string; valid: boolean }[];
    if (found === undefined) throw new Problem('badge.unknown', 'No delegate has this badge.');
    if (found.stopId !== stopId) throw new Problem('badge.wrong_stop', 'The badge is for another stop.');
    if (!found.valid) throw new Problem('badge.not_valid', 'The badge is no longer valid.');
    return { delegateId: found.delegateId, companyId: found.companyId };
  }

  async findContacts(manager: Reader, delegateIds: readonly string[]): Promise<DelegateContact[]> {
    const rows = (await manager.query(
      `SELECT d.id, d.name, d.job_title AS "jobTitle", d.email, d.mobile, r.company_id AS "companyId",
              r.stop_id AS "stopId"
         FROM delegates d JOIN registrations r ON r.id = d.registration_id
        WHERE d.id = ANY ($1::uuid[]) AND r.status IN ('confirmed', 'pending', 'waitlisted')
          AND d.badge IS NOT NULL
        ORDER BY d.id`,
      [plainArray(delegateIds)],
    )) as Omit<DelegateContact, 'personKey'>[];
    return rows.map((row) => ({ ...row, personKey: personKey(row) }));
  }
}

/** The place is kept by a substitute, the key is not: the address makes the person. */
function personKey({ id, email }: { id: string; email: string }): string {
  return createHash('sha256').update(`${id} ${email.toLowerCase()}`).digest('base64url').slice(0, 22);
}
