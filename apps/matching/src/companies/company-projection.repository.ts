import { Injectable } from '@nestjs/common';
import type { CompanyState, Localized } from '#contracts';
import { plainArray, type Reader, type Transaction } from '#persistence';

export interface KnownCompany {
  readonly id: string;
  readonly name: Localized;
  readonly cityCode: string | null;
  readonly standings: CompanyState['standings'];
  readonly version: number;
}

/** The rows of this service's copy of the companies. */
@Injectable()
export class CompanyProjectionRepository {
  async findAll(manager: Reader, ids: readonly string[]): Promise<KnownCompany[]> {
    return (await manager.query(
      `SELECT id, name, city_code AS "cityCode", standings, version FROM companies WHERE id = ANY ($1::uuid[])`,
      [plainArray(ids)],
    )) as KnownCompany[];
  }

  /** Only a newer state replaces the present one, so events may come twice and in any order. Sorted: no deadlocks. */
  async upsert(manager: Transaction, states: readonly CompanyState[]): Promise<void> {
    const rows = [...states].sort((a, b) => (a.companyId < b.companyId ? -1 : 1));
    await manager.query(
      `INSERT INTO companies (id, name, city_code, standings, version)
       SELECT * FROM unnest($1::uuid[], $2::jsonb[], $3::text[], $4::jsonb[], $5::integer[])
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, city_code = excluded.city_code,
         standings = excluded.standings, version = excluded.version
         WHERE companies.version < excluded.version`,
      [
        rows.map(({ companyId }) => companyId),
        rows.map(({ name }) => JSON.stringify(name)),
        rows.map(({ cityCode }) => cityCode ?? null),
        rows.map(({ standings }) => JSON.stringify(standings)),
        rows.map(({ version }) => version),
      ],
    );
  }
}
