import { Injectable } from '@nestjs/common';
import { foldText, type VerificationStatus } from '#contracts';
import type { Reader } from '#persistence';
import { ngramsOfQuery } from './company-search.js';

/** Which companies an organizer asks for. */
export interface CompanyQuery {
  /** Whose decisions `statuses` means. */
  organizationId: string | undefined;
  statuses: readonly VerificationStatus[] | undefined;
  q: string | undefined;
  /** The company after which the page begins. */
  afterId: string | null;
  maxCompanies: number;
}

/**
 * A query that one company of a hundred matches fills its page from this many rows, read in the order of the list. Only
 * rarer ones need the index, and it finds few of them.
 */
const walkedRows = 4_000;

/** Finds the ids of companies, oldest first. */
@Injectable()
export class CompanySearchRepository {
  async search(reader: Reader, query: CompanyQuery): Promise<{ id: string }[]> {
    const folded = foldText(query.q ?? '');
    if (folded === '') return this.list(reader, query);
    const walked = await this.walk(reader, query, folded, walkedRows);
    if (walked.length === query.maxCompanies) return walked;
    const ngrams = ngramsOfQuery(folded);
    return ngrams.length === 0
      ? this.walk(reader, query, folded, null)
      : this.searchIndex(reader, query, folded, ngrams);
  }

  /** Companies that an organization decided about are found by its decisions, all others by the list of all. */
  private list(reader: Reader, query: CompanyQuery): Promise<{ id: string }[]> {
    const { organizationId, statuses, afterId, maxCompanies } = query;
    if (statuses === undefined || statuses.includes('unverified')) return this.walk(reader, query, '', null);
    return reader.query(
      `SELECT company_id AS id FROM unnest($2::text[]) AS wanted (status) CROSS JOIN LATERAL (
         SELECT company_id FROM standings
          WHERE organization_id = $1 AND standings.status = wanted.status AND company_id > $3
          ORDER BY company_id LIMIT $4) AS decided
        ORDER BY company_id LIMIT $4`,
      [organizationId, statuses, afterId ?? noId, maxCompanies],
    );
  }

  /** Reads companies in the order of the list, at most so many where `maxRows` says so. */
  private walk(
    reader: Reader,
    { organizationId, statuses, afterId, maxCompanies }: CompanyQuery,
    folded: string,
    maxRows: number | null,
  ): Promise<{ id: string }[]> {
    return reader.query(
      `SELECT id FROM (SELECT id, search_text FROM companies WHERE id > $1 ORDER BY id LIMIT $2) AS company
              LEFT JOIN standings ON company_id = id AND organization_id = $3
        WHERE strpos(search_text, $4) > 0 AND ($5::text[] IS NULL OR coalesce(status, 'unverified') = ANY ($5))
        ORDER BY id LIMIT $6`,
      [afterId ?? noId, maxRows, organizationId, folded, statuses ?? null, maxCompanies],
    );
  }

  private searchIndex(
    reader: Reader,
    { organizationId, statuses, afterId, maxCompanies }: CompanyQuery,
    folded: string,
    ngrams: readonly number[],
  ): Promise<{ id: string }[]> {
    return reader.query(
      `WITH found AS MATERIALIZED (
         SELECT id FROM companies WHERE search_ngrams @> $1::integer[] AND strpos(search_text, $2) > 0 AND id > $3)
       SELECT id FROM found LEFT JOIN standings ON company_id = id AND organization_id = $4
        WHERE $5::text[] IS NULL OR coalesce(status, 'unverified') = ANY ($5)
        ORDER BY id LIMIT $6`,
      [ngrams, folded, afterId ?? noId, organizationId, statuses ?? null, maxCompanies],
    );
  }
}

/** The id before all others. */
const noId = '00000000-0000-0000-0000-000000000000';
