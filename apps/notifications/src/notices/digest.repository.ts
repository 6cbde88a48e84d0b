import { Injectable } from '@nestjs/common';
import { newId, type Reader, type Transaction } from '#persistence';

export type DigestKind =
  'pending' | 'late-cancellation' | 'proposed' | 'unreachable' | 'delegates-changed' | MeetingDigestKind;
/** What companies hear of meetings before these have a place. */
export type MeetingDigestKind = 'meeting-requested' | 'meeting-accepted';

/** An item of the hourly digest of an organizer or a company. */
export interface DigestItem {
  /** The organization or the company. */
  readonly ownerId: string;
  readonly kind: DigestKind;
  readonly stopId: string | null;
  readonly refId: string;
  readonly companyId: string | null;
}

/** The rows of hourly digests. */
@Injectable()
export class DigestRepository {
  /** Adds items, and has the digest of each owner come with the next full hour. */
  async add(manager: Transaction, items: readonly DigestItem[], organizationId?: string): Promise<void> {
    if (items.length === 0) return;
    await manager.query(
      `INSERT INTO digest_items (id, owner_id, kind, stop_id, ref_id, company_id)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[])
       ON CONFLICT DO NOTHING`,
      [
        items.map(() => newId()),
        items.map(({ ownerId }) => ownerId),
        items.map(({ kind }) => kind),
        items.map(({ stopId }) => stopId),
        items.map(({ refId }) => refId),
        items.map(({ companyId }) => companyId),
      ],
    );
    const owners = [...new Set(items.map(({ ownerId }) => ownerId))].toSorted();
    await manager.query(
      `INSERT INTO mail_topics AS topic (family, id, organization_id, due_at)
       SELECT 'digest', owner, coalesce($2, owner), date_trunc('hour', now()) + interval '1 hour'
         FROM unnest($1::uuid[]) AS owner
       ON CONFLICT (family, id) DO UPDATE
         SET due_at = least(topic.due_at, excluded.due_at), revision = topic.revision + 1`,
      [owners, organizationId ?? null],
    );
  }

  async list(manager: Reader, ownerIds: readonly string[]): Promise<(DigestItem & { id: string })[]> {
    return (await manager.query(
      `SELECT id, owner_id AS "ownerId", kind, stop_id AS "stopId", ref_id AS "refId", company_id AS "companyId"
         FROM digest_items WHERE owner_id = ANY ($1::uuid[]) ORDER BY id`,
      [ownerIds],
    )) as (DigestItem & { id: string })[];
  }

  async delete(manager: Transaction, ids: readonly string[]): Promise<void> {
    await manager.query('DELETE FROM digest_items WHERE id = ANY ($1::uuid[])', [ids]);
  }
}
