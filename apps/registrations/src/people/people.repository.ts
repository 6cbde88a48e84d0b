import { Injectable } from '@nestjs/common';
import { plainArray, type Reader } from '#persistence';
import type { Delegate, DelegationStatus } from '../seats/delegation.js';
import { erasedName } from '../seats/erase.js';

/** Somebody who left a delegation, with whose it was. */
export interface DepartedDelegate {
  id: string;
  registrationId: string;
  stopId: string;
  companyId: string;
  delegateId: string;
  name: string;
  email: string;
  language: Delegate['language'];
  departedAt: Date;
}

export interface Audience {
  readonly stopId: string;
  readonly statuses: readonly DelegationStatus[];
  /** `null` leaves the filter out. */
  readonly checkedIn: boolean | null;
}

export interface AudienceMember {
  delegateId: string;
  registrationId: string;
  companyId: string;
  createdAt: Date;
}

export interface SignupHolder {
  delegateId: string;
  registrationId: string;
  companyId: string;
  stopId: string;
  sessionIds: string[];
  endedSessionIds: string[];
}

/** The rows of the people that mails go to. */
@Injectable()
export class PeopleRepository {
  /** In the order in which they left; who came back to the same seat has not left it. */
  async listDeparted(
    manager: Reader,
    registrationIds: readonly string[],
    since: Date,
    { afterId, take }: { afterId: string | null; take: number },
  ): Promise<DepartedDelegate[]> {
    return (await manager.query(
      `SELECT p.id, p.registration_id AS "registrationId", r.stop_id AS "stopId", r.company_id AS "companyId",
              p.delegate_id AS "delegateId", p.name, p.email, p.language, p.departed_at AS "departedAt"
         FROM departed_delegates p JOIN registrations r ON r.id = p.registration_id
        WHERE p.registration_id = ANY ($1::uuid[]) AND p.departed_at >= $2 AND ($3::uuid IS NULL OR p.id > $3)
          AND NOT EXISTS (SELECT FROM delegates d WHERE d.id = p.delegate_id AND lower(d.email) = lower(p.email))
        ORDER BY p.id LIMIT $4`,
      [plainArray(registrationIds), since, afterId, take],
    )) as DepartedDelegate[];
  }

  /** Read along the stop's registrations and their delegates, both by an index in this order. */
  async listAudience(
    manager: Reader,
    { stopId, statuses, checkedIn }: Audience,
    after: readonly [createdAt: Date, registrationId: string, delegateId: string] | null,
    take: number,
  ): Promise<AudienceMember[]> {
    const [createdAt, registrationId, delegateId] = after ?? [null, null, null];
    return (await manager.query(
      `SELECT d.id AS "delegateId", r.id AS "registrationId", r.company_id AS "companyId", r.created_at AS "createdAt"
         FROM registrations r
        CROSS JOIN LATERAL (SELECT * FROM delegates WHERE registration_id = r.id ORDER BY id OFFSET 0) AS d
        WHERE ${isOfAudience}
          AND ($5::uuid IS NULL OR (r.created_at, r.id) >= ($4::timestamptz, $5::uuid))
          AND ($5::uuid IS NULL OR (r.created_at, r.id) > ($4::timestamptz, $5::uuid) OR d.id > $6::uuid)
        ORDER BY r.created_at, r.id, d.id LIMIT $7`,
      [stopId, statuses, checkedIn, createdAt, registrationId, delegateId, take],
    )) as AudienceMember[];
  }

  async countAudience(
    manager: Reader,
    { stopId, statuses, checkedIn }: Audience,
  ): Promise<{ delegates: number; registrations: number }> {
    const [counted] = (await manager.query(
      `SELECT count(*)::integer AS delegates, count(DISTINCT r.id)::integer AS registrations
         FROM registrations r JOIN delegates d ON d.registration_id = r.id WHERE ${isOfAudience}`,
      [stopId, statuses, checkedIn],
    )) as { delegates: number; registrations: number }[];
    return counted ?? { delegates: 0, registrations: 0 };
  }

  /** Each delegate once, with all of these sessions that are or were theirs. */
  async listSignupHolders(
    manager: Reader,
    sessionIds: readonly string[],
    since: Date,
    { afterId, take }: { afterId: string | null; take: number },
  ): Promise<SignupHolder[]> {
    return (await manager.query(
      `SELECT held.delegate_id AS "delegateId", r.id AS "registrationId", r.company_id AS "companyId",
              r.stop_id AS "stopId",
              array_remove(array_agg(CASE WHEN NOT ended THEN session_id END ORDER BY session_id), NULL) AS "sessionIds",
              array_remove(array_agg(CASE WHEN ended THEN session_id END ORDER BY session_id), NULL) AS "endedSessionIds"
         FROM (SELECT session_id, delegate_id, registration_id, false AS ended
                 FROM sign_ups WHERE session_id = ANY ($1::uuid[]) AND ($3::uuid IS NULL OR delegate_id > $3)
               UNION ALL
               SELECT session_id, delegate_id, registration_id, true AS ended FROM ended_sign_ups
                WHERE session_id = ANY ($1::uuid[]) AND ended_at >= $2 AND ($3::uuid IS NULL OR delegate_id > $3)
              ) AS held
         JOIN registrations r ON r.id = held.registration_id
        GROUP BY held.delegate_id, r.id ORDER BY held.delegate_id LIMIT $4`,
      [plainArray(sessionIds), since, afterId, take],
    )) as SignupHolder[];
  }
}

/** Erased delegates can't be written to. */
const isOfAudience = `r.stop_id = $1 AND r.status = ANY ($2::text[])
          AND ($3::boolean IS NULL OR (d.checked_in_at IS NOT NULL) = $3)
          AND NOT (d.badge IS NULL AND d.name = '${erasedName}')`;
