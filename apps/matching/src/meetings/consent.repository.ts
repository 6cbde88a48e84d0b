import { Injectable } from '@nestjs/common';
import type { Reader, Transaction } from '#persistence';

export interface Consent {
  readonly companyId: string;
  readonly delegateId: string;
  readonly personKey: string;
  readonly textVersion: string;
}

/** The rows of consents: who agreed that the other side may know name and contact, to which text, and when. */
@Injectable()
export class ConsentRepository {
  async give(manager: Transaction, meetingId: string, consent: Consent, now: Date): Promise<void> {
    await manager.query(
      `INSERT INTO consents (meeting_id, company_id, delegate_id, person_key, text_version, given_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (meeting_id, company_id) DO UPDATE SET delegate_id = excluded.delegate_id,
         person_key = excluded.person_key, text_version = excluded.text_version, given_at = excluded.given_at`,
      [meetingId, consent.companyId, consent.delegateId, consent.personKey, consent.textVersion, now],
    );
  }

  /** Each delegate that consents name, with the keys of the persons who gave them, page by page. */
  async listPeople(
    manager: Reader,
    after: string | null,
    take: number,
  ): Promise<{ delegateId: string; personKey: string }[]> {
    return (await manager.query(
      `SELECT delegate_id AS "delegateId", min(person_key) AS "personKey" FROM consents
        WHERE $1::uuid IS NULL OR delegate_id > $1 GROUP BY delegate_id ORDER BY delegate_id LIMIT $2`,
      [after, take],
    )) as { delegateId: string; personKey: string }[];
  }

  async erase(
    manager: Transaction,
    gone: readonly { delegateId: string; personKey: string }[],
  ): Promise<void> {
    if (gone.length === 0) return;
    await manager.query(
      `DELETE FROM consents USING unnest($1::uuid[], $2::text[]) AS gone (delegate, person)
        WHERE delegate_id = delegate AND person_key = person`,
      [gone.map(({ delegateId }) => delegateId), gone.map(({ personKey }) => personKey)],
    );
  }

  async find(manager: Reader, meetingId: string): Promise<Consent[]> {
    return (await manager.query(
      `SELECT company_id AS "companyId", delegate_id AS "delegateId", person_key AS "personKey",
              text_version AS "textVersion" FROM consents WHERE meeting_id = $1`,
      [meetingId],
    )) as Consent[];
  }
}
