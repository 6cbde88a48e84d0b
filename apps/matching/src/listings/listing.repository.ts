import { Injectable } from '@nestjs/common';
import { formatInstant, notFound, type InputOf, type listListings } from '#contracts';
import { plainArray, violatedConstraint, type Reader, type Transaction } from '#persistence';

import { foldedOf, type ListingRecord } from './listing.js';
import type { MatchedListing } from './matched-listing.js';

export type ListingFilter = Omit<InputOf<typeof listListings>, 'cursor' | 'limit'> & {
  /** A company sees its own listings and the published ones; null sees all. */
  readonly companyId: string | null;
  readonly now: Date;
};
export type ListingCursor = readonly [string | null, string];

type Row = Omit<ListingRecord, 'expiresAt' | 'publishedAt' | 'createdAt'> & {
  expiresAt: Date;
  publishedAt: Date | null;
  createdAt: Date;
};

const columns = `id, tour_id AS "tourId", organization_id AS "organizationId", company_id AS "companyId", side, title,
  text, concepts, expires_at AS "expiresAt", state, reason, published_at AS "publishedAt",
  created_at AS "createdAt", version`;
/** The state by the clock, as `settled` has it. */
const presentState = `CASE WHEN state IN ('published', 'paused') AND expires_at <= $2 THEN 'expired' ELSE state END`;

/** The rows of listings, and how many of them each company has published. */
@Injectable()
export class ListingRepository {
  async find(manager: Reader, id: string): Promise<ListingRecord | null> {
    const rows = (await manager.query(`SELECT ${columns} FROM listings WHERE id = $1`, [id])) as Row[];
    return rows.map(recordOf)[0] ?? null;
  }

  async lock(manager: Transaction, id: string): Promise<ListingRecord> {
    const sql = `SELECT ${columns} FROM listings WHERE id = $1 FOR UPDATE`;
    const [row] = (await manager.query(sql, [id])) as Row[];
    if (row === undefined) throw notFound('listing');
    return recordOf(row);
  }

  /** Locks those whose time is over and which still stand as published or paused; others' locks are passed over. */
  async lockExpired(
    manager: Transaction,
    now: Date,
    { tourId, companyId, take }: { tourId?: string; companyId?: string; take: number },
  ): Promise<ListingRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM listings
        WHERE state IN ('published', 'paused') AND expires_at <= $1
          AND ($2::uuid IS NULL OR tour_id = $2) AND ($3::uuid IS NULL OR company_id = $3)
        ORDER BY id LIMIT $4 FOR UPDATE SKIP LOCKED`,
      [now, tourId ?? null, companyId ?? null, take],
    )) as Row[];
    return rows.map(recordOf);
  }

  async list(
    manager: Reader,
    filter: ListingFilter,
    { after, take }: { after: ListingCursor | null; take: number },
  ): Promise<ListingRecord[]> {
    const [key, direction] =
      filter.sort === 'expiresAt' ? ['(expires_at, id)', 'ASC'] : ['(created_at, id)', 'ASC'];
    const descends = filter.sort === '-createdAt';
    const order = key.slice(1, -1).replaceAll(',', `${descends ? ' DESC' : ` ${direction}`},`);
    const rows = (await manager.query(
      `SELECT ${columns} FROM listings
        WHERE tour_id = $1
          AND ($3::uuid IS NULL OR company_id = $3 OR ${presentState} = 'published')
          AND ($4::text IS NULL OR side = $4)
          AND ($5::text IS NULL OR $5 = ANY (concepts))
          AND ($6::text[] IS NULL OR ${presentState} = ANY ($6))
          AND ($7::text IS NULL OR position($7 IN folded) > 0)
          AND ($8::timestamptz IS NULL OR ${key} ${descends ? '<' : '>'} ($8::timestamptz, $9::uuid))
        ORDER BY ${order}${descends ? ' DESC' : ''} LIMIT $10`,
      [
        filter.tourId,
        filter.now,
        filter.companyId,
        filter.side ?? null,
        filter.concept ?? null,
        filter.state ?? null,
        filter.q ?? null,
        after?.[0] ?? null,
        after?.[1] ?? null,
        take,
      ],
    )) as Row[];
    return rows.map(recordOf);
  }

  async findPublished(manager: Reader, tourId: string, now: Date): Promise<MatchedListing[]> {
    return (await manager.query(
      `SELECT id, company_id AS "companyId", side, title, text, concepts FROM listings
        WHERE tour_id = $1 AND state = 'published' AND expires_at > $2 ORDER BY id`,
      [tourId, now],
    )) as MatchedListing[];
  }

  async insert(manager: Transaction, listing: ListingRecord): Promise<void> {
    await manager.query(
      `INSERT INTO listings (id, tour_id, organization_id, company_id, side, title, text, folded, concepts, expires_at,
                             state, reason, published_at, created_at, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        listing.id,
        listing.tourId,
        listing.organizationId,
        listing.companyId,
        ...changingColumns(listing),
        listing.createdAt,
        listing.version,
      ],
    );
  }

  async save(manager: Transaction, listing: ListingRecord): Promise<void> {
    await manager.query(
      `UPDATE listings SET side = $2, title = $3, text = $4, folded = $5, concepts = $6, expires_at = $7, state = $8,
                           reason = $9, published_at = $10, version = $11 WHERE id = $1`,
      [listing.id, ...changingColumns(listing), listing.version],
    );
  }

  /** Counts one more published listing; the row's constraint refuses one too many (`isLimitReached`). */
  async countPublished(manager: Transaction, { tourId, companyId }: ListingRecord): Promise<void> {
    await manager.query(
      `INSERT INTO listing_counts (tour_id, company_id, published) VALUES ($1, $2, 1)
       ON CONFLICT (tour_id, company_id) DO UPDATE SET published = listing_counts.published + 1`,
      [tourId, companyId],
    );
  }

  async countHidden(manager: Transaction, { tourId, companyId }: ListingRecord): Promise<void> {
    await manager.query(
      'UPDATE listing_counts SET published = published - 1 WHERE tour_id = $1 AND company_id = $2',
      [tourId, companyId],
    );
  }

  /** All of a company's listings, oldest first, for the export of what is stored of it. */
  async listOfCompany(
    manager: Reader,
    companyId: string,
    { after, take }: { after: string | null; take: number },
  ): Promise<ListingRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM listings WHERE company_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [companyId, after, take],
    )) as Row[];
    return rows.map(recordOf);
  }
}

export async function findListings(manager: Reader, ids: readonly string[]): Promise<ListingRecord[]> {
  const sql = `SELECT ${columns} FROM listings WHERE id = ANY ($1::uuid[])`;
  return ((await manager.query(sql, [plainArray(ids)])) as Row[]).map(recordOf);
}

export function isLimitReached(error: unknown): boolean {
  return violatedConstraint(error) === 'listing_counts_limit';
}

function changingColumns(listing: ListingRecord): unknown[] {
  return [
    listing.side,
    JSON.stringify(listing.title),
    JSON.stringify(listing.text),
    foldedOf(listing),
    plainArray(listing.concepts),
    listing.expiresAt,
    listing.state,
    listing.reason,
    listing.publishedAt,
  ];
}

function recordOf({ expiresAt, publishedAt, createdAt, ...row }: Row): ListingRecord {
  return {
    ...row,
    expiresAt: formatInstant(expiresAt),
    publishedAt: publishedAt && formatInstant(publishedAt),
    createdAt: formatInstant(createdAt),
  };
}
