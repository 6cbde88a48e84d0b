import { Injectable } from '@nestjs/common';
import type { FeedOwner } from '#contracts';
import type { Reader } from '#persistence';
import type { MessageEntity } from './message.entity.js';

/** A feed, and the number after which it is read. */
export interface FeedRead {
  readonly owner: FeedOwner;
  readonly afterSeq: string;
}

type Placed = MessageEntity & { place: number };

const columns = 'seq, id, type, time, subject, data';

const ofOrganizations = `
  SELECT feed.place::integer, message.*
    FROM unnest($1::uuid[], $2::bigint[], $3::integer[]) AS feed (owner, after, place)
   CROSS JOIN LATERAL (
     SELECT ${columns} FROM messages
      WHERE organization_id = feed.owner AND seq > feed.after
      ORDER BY seq LIMIT $4) AS message
   ORDER BY feed.place, message.seq`;

/** A company's own, and the public ones of the stops that it registered for: as the log shows them. */
const ofCompanies = `
  SELECT feed.place::integer, message.*
    FROM unnest($1::uuid[], $2::bigint[], $3::integer[]) AS feed (owner, after, place)
   CROSS JOIN LATERAL (
     SELECT * FROM (
       (SELECT ${columns} FROM messages
         WHERE company_id = feed.owner AND seq > feed.after
         ORDER BY seq LIMIT $4)
       UNION ALL
       (SELECT ${columns} FROM messages
         WHERE public AND company_id IS DISTINCT FROM feed.owner AND seq > feed.after
           AND stop_id IN (SELECT stop_id FROM aggregates
                            WHERE kind = 'registration' AND company_id = feed.owner)
         ORDER BY seq LIMIT $4)
     ) AS readable
      ORDER BY seq LIMIT $4) AS message
   ORDER BY feed.place, message.seq`;

/** Reads of many feeds at once. */
@Injectable()
export class FeedRepository {
  /** The numbers behind which the log begins, and up to which it is complete. */
  async bounds(manager: Reader): Promise<{ prunedSeq: string; endSeq: string }> {
    const [row] = (await manager.query(
      `SELECT pruned_seq::text AS "prunedSeq",
              greatest((SELECT max(seq) FROM messages), pruned_seq)::text AS "endSeq"
         FROM log_state`,
    )) as { prunedSeq: string; endSeq: string }[];
    return row ?? { prunedSeq: '0', endSeq: '0' };
  }

  /** @returns for each feed its next messages in their order, `limit` at most */
  async read(manager: Reader, feeds: readonly FeedRead[], limit: number): Promise<MessageEntity[][]> {
    const pages = feeds.map((): MessageEntity[] => []);
    const placed = feeds.map(({ owner, afterSeq }, place) => ({ owner, afterSeq, place }));
    const organizations = placed.filter(({ owner }) => 'organizationId' in owner);
    const companies = placed.filter(({ owner }) => 'companyId' in owner);
    for (const [statement, some] of [
      [ofOrganizations, organizations],
      [ofCompanies, companies],
    ] as const) {
      if (some.length === 0) continue;
      const rows = (await manager.query(statement, [
        some.map(({ owner }) => ('organizationId' in owner ? owner.organizationId : owner.companyId)),
        some.map(({ afterSeq }) => afterSeq),
        some.map(({ place }) => place),
        limit,
      ])) as Placed[];
      for (const row of rows) pages[row.place]?.push(row);
    }
    return pages;
  }

  /** The companies that are, or were, registered at stops. */
  async companiesAt(manager: Reader, stopIds: readonly string[]): Promise<string[]> {
    const rows = (await manager.query(
      `SELECT DISTINCT company_id AS id FROM aggregates
        WHERE kind = 'registration' AND stop_id = ANY ($1) AND company_id IS NOT NULL`,
      [stopIds],
    )) as { id: string }[];
    return rows.map(({ id }) => id);
  }
}
