import { Injectable } from '@nestjs/common';
import type { CompanyState, Localized } from '#contracts';
import { plainArray, type Reader, type Transaction } from '#persistence';

/** The rows of this service's copy of the companies: their names. */
@Injectable()
export class CompanyProjectionRepository {
  async findNames(manager: Reader, ids: readonly string[]): Promise<Map<string, Localized>> {
    const rows = (await manager.query(`SELECT id, name FROM companies WHERE id = ANY ($1::uuid[])`, [
      plainArray([...new Set(ids)]),
    ])) as { id: string; name: Localized }[];
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Only a newer state replaces the present one, so events may come twice and in any order. Sorted: no deadlocks. */
  async upsert(manager: Transaction, states: readonly CompanyState[]): Promise<void> {
    const rows = [...states].sort((a, b) => (a.companyId < b.companyId ? -1 : 1));
    await manager.query(
      `INSERT INTO companies (id, name, version)
       SELECT * FROM unnest($1::uuid[], $2::jsonb[], $3::integer[])
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, version = excluded.version
         WHERE companies.version < excluded.version`,
      [
        rows.map(({ companyId }) => companyId),
        rows.map(({ name }) => JSON.stringify(name)),
        rows.map(({ version }) => version),
      ],
    );
  }
}
