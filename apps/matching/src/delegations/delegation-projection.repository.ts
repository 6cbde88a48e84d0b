import { Injectable } from '@nestjs/common';
import { plainArray, type Reader, type Transaction } from '#persistence';
import type { DelegationRow } from './delegation-row.js';

/** The rows of this service's copy of the delegations: which company comes to which stop. */
@Injectable()
export class DelegationProjectionRepository {
  /** Sorted, so that two that write the same rows never wait for each other. */
  async upsert(manager: Transaction, given: readonly DelegationRow[]): Promise<void> {
    const rows = given.toSorted((a, b) => (a.registrationId < b.registrationId ? -1 : 1));
    await manager.query(
      `INSERT INTO delegations (registration_id, stop_id, company_id, live, ever_live, version)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::boolean[], $5::boolean[], $6::integer[])
       ON CONFLICT (registration_id) DO UPDATE SET live = excluded.live, version = excluded.version,
         ever_live = delegations.ever_live OR excluded.ever_live
         WHERE delegations.version < excluded.version`,
      [
        rows.map(({ registrationId }) => registrationId),
        rows.map(({ stopId }) => stopId),
        rows.map(({ companyId }) => companyId),
        rows.map(({ live }) => live),
        rows.map(({ everLive }) => everLive),
        rows.map(({ version }) => version),
      ],
    );
  }

  async isAttending(manager: Reader, stopId: string, companyId: string): Promise<boolean> {
    const rows = (await manager.query(
      `SELECT 1 FROM delegations WHERE stop_id = $1 AND company_id = $2 AND live LIMIT 1`,
      [stopId, companyId],
    )) as unknown[];
    return rows.length > 0;
  }

  /** Which of these companies do not come to the stops that are named with them. */
  async findAbsent(
    manager: Reader,
    asked: readonly { stopId: string; companyId: string }[],
  ): Promise<{ stopId: string; companyId: string }[]> {
    return (await manager.query(
      `SELECT DISTINCT stop AS "stopId", company AS "companyId"
         FROM unnest($1::uuid[], $2::uuid[]) AS asked (stop, company)
        WHERE NOT EXISTS (SELECT 1 FROM delegations WHERE stop_id = stop AND company_id = company AND live)
        ORDER BY 1, 2`,
      [plainArray(asked.map(({ stopId }) => stopId)), plainArray(asked.map(({ companyId }) => companyId))],
    )) as { stopId: string; companyId: string }[];
  }

  async isOfTour(manager: Reader, tourId: string, companyId: string): Promise<boolean> {
    const rows = (await manager.query(
      `SELECT 1 FROM delegations JOIN stops ON stops.id = delegations.stop_id
        WHERE company_id = $2 AND ever_live AND tour_id = $1 LIMIT 1`,
      [tourId, companyId],
    )) as unknown[];
    return rows.length > 0;
  }

  /** The companies that come to a stop and are not suspended by its organization. */
  async findAttending(manager: Reader, stopId: string, organizationId: string): Promise<string[]> {
    const rows = (await manager.query(
      `SELECT DISTINCT company_id AS id FROM delegations LEFT JOIN companies ON companies.id = company_id
        WHERE stop_id = $1 AND live
          AND NOT coalesce(standings @> jsonb_build_array(
                jsonb_build_object('organizationId', $2::text, 'status', 'suspended')), false)
        ORDER BY company_id`,
      [stopId, organizationId],
    )) as { id: string }[];
    return rows.map(({ id }) => id);
  }

  /** Which of these companies come. */
  async whichAttend(manager: Reader, stopId: string, companyIds: readonly string[]): Promise<string[]> {
    const rows = (await manager.query(
      `SELECT DISTINCT company_id AS id FROM delegations WHERE stop_id = $1 AND live AND company_id = ANY ($2::uuid[])`,
      [stopId, plainArray(companyIds)],
    )) as { id: string }[];
    return rows.map(({ id }) => id);
  }
}
