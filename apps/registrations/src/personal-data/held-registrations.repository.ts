import { Injectable } from '@nestjs/common';
import {
  formatInstant,
  notFound,
  type Caller,
  type InputOf,
  type OutputOf,
  type exportRegistrations,
} from '#contracts';
import { cutPage, decodeCursor, Database } from '#persistence';
import { readCursor } from '../registrations/created-cursor.js';
import { RegistrationReads } from '../registrations/registration-reads.repository.js';
import { findDelegations } from '../seating/seat-rows.repository.js';

type Page = OutputOf<typeof exportRegistrations>;
type Held = Page['items'][number];

/** All that is held of a company's delegations, at all stops and in any status. */
@Injectable()
export class HeldRegistrations {
  constructor(
    private readonly database: Database,
    private readonly reads: RegistrationReads,
  ) {}

  async page(query: InputOf<typeof exportRegistrations>, { companyId }: Caller): Promise<Page> {
    if (companyId === undefined) throw notFound('company');
    const [createdAt, id] = readCursor(decodeCursor(query.cursor, 2));
    const rows = await findDelegations(
      this.database,
      `r.company_id = $1 AND ($2::timestamptz IS NULL OR (r.created_at, r.id) > ($2, $3::uuid))
       ORDER BY r.created_at, r.id LIMIT $4`,
      [companyId, createdAt, id, query.limit + 1],
    );
    const { items, nextCursor } = cutPage(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id]);
    const ids = items.map((row) => row.id);
    const [checkIns, signUps] = await Promise.all([this.checkIns(ids), this.signUps(ids)]);
    const held = await Promise.all(items.map(({ stopId, ...one }) => this.reads.view(stopId, one)));
    return {
      items: held.map(({ delegates, version, ...rest }) => ({
        ...rest,
        delegates: delegates.map((one) => ({ ...one, checkedInAt: checkIns.get(one.id) ?? null })),
        signUps: signUps.get(rest.id) ?? [],
        version,
      })),
      nextCursor,
    };
  }

  private async checkIns(registrationIds: readonly string[]): Promise<Map<string, string>> {
    const rows = (await this.database.query(
      `SELECT id, checked_in_at AS at FROM delegates
        WHERE registration_id = ANY($1::uuid[]) AND checked_in_at IS NOT NULL`,
      [registrationIds],
    )) as { id: string; at: Date }[];
    return new Map(rows.map(({ id, at }) => [id, formatInstant(at)]));
  }

  private async signUps(registrationIds: readonly string[]): Promise<Map<string, Held['signUps']>> {
    const rows = (await this.database.query(
      `SELECT registration_id AS "registrationId", session_id AS "sessionId", delegate_id AS "delegateId",
              created_at AS "createdAt"
         FROM sign_ups WHERE registration_id = ANY($1::uuid[]) ORDER BY created_at, session_id, delegate_id`,
      [registrationIds],
    )) as { registrationId: string; sessionId: string; delegateId: string; createdAt: Date }[];
    const grouped = new Map<string, Held['signUps']>();
    for (const { registrationId, createdAt, ...ids } of rows) {
      const own = grouped.get(registrationId) ?? [];
      grouped.set(registrationId, [...own, { ...ids, createdAt: formatInstant(createdAt) }]);
    }
    return grouped;
  }
}
