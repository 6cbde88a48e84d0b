import { Injectable } from '@nestjs/common';
import type { InterestLevel } from '#contracts';
import type { Reader, Transaction } from '#persistence';
import type { Interest } from './interest.js';

/** The rows of interests: what a company wants of another, for all stops of a tour. */
@Injectable()
export class InterestRepository {
  async set(manager: Transaction, tourId: string, { companyId, towardsId, level }: Interest): Promise<void> {
    await manager.query(
      `INSERT INTO interests (tour_id, company_id, towards_id, level) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tour_id, company_id, towards_id) DO UPDATE SET level = excluded.level`,
      [tourId, companyId, towardsId, level],
    );
  }

  async remove(manager: Transaction, tourId: string, companyId: string, towardsId: string): Promise<void> {
    const sql = 'DELETE FROM interests WHERE tour_id = $1 AND company_id = $2 AND towards_id = $3';
    await manager.query(sql, [tourId, companyId, towardsId]);
  }

  async list(
    manager: Reader,
    { tourId, companyId }: { tourId: string; companyId: string },
    { after, take }: { after: string | null; take: number },
  ): Promise<{ companyId: string; level: InterestLevel }[]> {
    return (await manager.query(
      `SELECT towards_id AS "companyId", level FROM interests
        WHERE tour_id = $1 AND company_id = $2 AND ($3::uuid IS NULL OR towards_id > $3)
        ORDER BY towards_id LIMIT $4`,
      [tourId, companyId, after, take],
    )) as { companyId: string; level: InterestLevel }[];
  }

  async findOfTour(manager: Reader, tourId: string): Promise<Interest[]> {
    return (await manager.query(
      `SELECT company_id AS "companyId", towards_id AS "towardsId", level FROM interests WHERE tour_id = $1
        ORDER BY company_id, towards_id`,
      [tourId],
    )) as Interest[];
  }

  /** What each of two companies said of the other; null where it said nothing. */
  async findBetween(
    manager: Reader,
    tourId: string,
    [one, other]: readonly [string, string],
  ): Promise<readonly [InterestLevel | null, InterestLevel | null]> {
    const rows = (await manager.query(
      `SELECT company_id AS "companyId", level FROM interests
        WHERE tour_id = $1 AND ((company_id = $2 AND towards_id = $3) OR (company_id = $3 AND towards_id = $2))`,
      [tourId, one, other],
    )) as { companyId: string; level: InterestLevel }[];
    const levelOf = (id: string) => rows.find(({ companyId }) => companyId === id)?.level ?? null;
    return [levelOf(one), levelOf(other)];
  }
}
