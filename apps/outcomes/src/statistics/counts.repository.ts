import { Injectable } from '@nestjs/common';
import { plainArray, type Reader } from '#persistence';
import type { Counts } from './results.js';

/** Days after a meeting within which a second contact counts. */
const secondContactDays = 90;

/**
 * What is counted of some stops. A company counts once, and so does a meeting; each stage is counted among those of the
 * stage before it.
 */
const countSql = `
  WITH chosen AS (SELECT unnest($1::uuid[]) AS stop_id),
  companies AS (
    SELECT r.company_id, bool_or(r.confirmed) AS registered,
           bool_or(r.confirmed AND EXISTS (
             SELECT FROM check_ins c WHERE c.registration_id = r.id AND c.checked_in)) AS attended
      FROM registrations r JOIN chosen USING (stop_id) GROUP BY r.company_id),
  met AS (
    SELECT m.*,
           status IN ('accepted', 'scheduled', 'held', 'missed', 'cancelled', 'unplaced') AS accepted,
           status IN ('scheduled', 'held', 'missed') AS placed, status = 'held' AS held
      FROM meetings m JOIN chosen USING (stop_id)),
  led AS (
    SELECT f.meeting_id,
           bool_or(s.stage <> 'ended' AND s.confirmed_at <= m.ends_at + make_interval(days => ${secondContactDays})) AS second,
           bool_or(s.stage IN ('trial', 'agreed', 'delivered')) AS cooperation,
           bool_or(s.stage IN ('agreed', 'delivered')) AS agreement
      FROM met m JOIN follow_ups f ON f.meeting_id = m.id
      JOIN follow_up_steps s ON s.follow_up_id = f.id AND s.confirmed_at IS NOT NULL
     WHERE m.held GROUP BY f.meeting_id)
  SELECT (SELECT count(*) FROM companies)::integer AS "everRegistered",
         (SELECT count(*) FROM companies WHERE registered)::integer AS registered,
         (SELECT count(*) FROM companies WHERE attended)::integer AS attended,
         (SELECT count(*) FROM companies c WHERE attended AND EXISTS (
            SELECT FROM listings l WHERE l.tour_id = $2 AND l.company_id = c.company_id AND l.ever_published)
         )::integer AS listed,
         (SELECT count(*) FROM met)::integer AS asked,
         (SELECT count(*) FROM met WHERE accepted)::integer AS accepted,
         (SELECT count(*) FROM met WHERE placed)::integer AS placed,
         (SELECT count(*) FROM met WHERE held)::integer AS held,
         (SELECT count(*) FROM led WHERE second)::integer AS "secondContact",
         (SELECT count(*) FROM led WHERE second AND cooperation)::integer AS cooperation,
         (SELECT count(*) FROM led WHERE second AND agreement)::integer AS agreement,
         (SELECT coalesce(sum(seats), 0) FROM registrations JOIN chosen USING (stop_id)
           WHERE confirmed)::integer AS delegates,
         (SELECT count(*) FROM sessions JOIN chosen USING (stop_id) WHERE scheduled)::integer AS sessions,
         (SELECT count(*) FROM members m JOIN membership_batches b ON b.id = m.batch_id
           WHERE b.tour_id = $2 AND m.number IS NOT NULL AND ($3 OR b.stop_id IN (SELECT stop_id FROM chosen))
             AND NOT EXISTS (SELECT FROM members o WHERE o.corrects = m.id AND o.number IS NOT NULL))::integer AS members,
         (SELECT count(*) FROM cases a
           WHERE a.tour_id = $2 AND a.announced_at IS NOT NULL AND ($3 OR a.stop_id IN (SELECT stop_id FROM chosen))
             AND NOT EXISTS (SELECT FROM cases o WHERE o.corrects = a.id AND o.announced_at IS NOT NULL)
         )::integer AS cases,
         (SELECT count(*) FROM papers p
           WHERE p.tour_id = $2 AND p.announced_at IS NOT NULL AND ($3 OR p.stop_id IN (SELECT stop_id FROM chosen))
             AND NOT EXISTS (SELECT FROM papers o WHERE o.corrects = p.id AND o.announced_at IS NOT NULL)
         )::integer AS papers`;

/** Counts what the projections and the ledger hold. */
@Injectable()
export class CountsRepository {
  async ofStop(manager: Reader, tourId: string, stopId: string): Promise<Counts> {
    return this.count(manager, [stopId], tourId, false);
  }

  /** Of all its stops, and of the ledger also what belongs to no stop. */
  async ofTour(manager: Reader, tourId: string, stopIds: readonly string[]): Promise<Counts> {
    return this.count(manager, stopIds, tourId, true);
  }

  private async count(
    manager: Reader,
    stopIds: readonly string[],
    tourId: string,
    wholeTour: boolean,
  ): Promise<Counts> {
    const [counts] = (await manager.query(countSql, [plainArray(stopIds), tourId, wholeTour])) as [Counts];
    return counts;
  }
}
