import { Injectable } from '@nestjs/common';
import type { Reader } from '#persistence';

/** The input of suggestions, read in one query. */
@Injectable()
export class SuggestionInputRepository {
  /** Another text whenever anything changed that suggestions of the stop depend on. */
  async fingerprint(
    manager: Reader,
    of: { stopId: string; tourId: string; organizationId: string; now: Date },
  ): Promise<string> {
    const [row] = (await manager.query(
      `SELECT concat_ws(' ',
         (SELECT md5(string_agg(id::text || version, ',' ORDER BY id)) FROM listings
           WHERE tour_id = $2 AND state = 'published' AND expires_at > $4),
         (SELECT md5(string_agg(company_id::text, ',' ORDER BY company_id)) FROM delegations
           WHERE stop_id = $1 AND live),
         (SELECT md5(string_agg(company_id::text || towards_id || level, ',' ORDER BY company_id, towards_id))
            FROM interests WHERE tour_id = $2),
         (SELECT md5(string_agg(id::text, ',' ORDER BY id)) FROM meetings
           WHERE tour_id = $2 AND stop_id <> $1 AND status IN ('unplaced', 'held')),
         (SELECT md5(string_agg(id::text, ',' ORDER BY id)) FROM companies
           WHERE standings @> jsonb_build_array(
             jsonb_build_object('organizationId', $3::text, 'status', 'suspended')))) AS fingerprint`,
      [of.stopId, of.tourId, of.organizationId, of.now],
    )) as { fingerprint: string }[];
    return row?.fingerprint ?? '';
  }
}
