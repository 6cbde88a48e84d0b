import { Injectable } from '@nestjs/common';
import type { CompanyState } from '#contracts';
import type { Transaction, Reader } from '#persistence';
import { CompanyProjectionEntity } from './company-projection.entity.js';

/** The rows of this service's copy of the companies. */
@Injectable()
export class CompanyProjectionRepository {
  find(manager: Reader, id: string): Promise<CompanyProjectionEntity | null> {
    return manager.findOneBy(CompanyProjectionEntity, { id });
  }

  /** Only a newer state replaces the present one, so events may come twice and in any order. Sorted: no deadlocks. */
  async upsert(manager: Transaction, states: readonly CompanyState[]): Promise<void> {
    const rows = [...states].sort((a, b) => (a.companyId < b.companyId ? -1 : 1));
    await manager.query(
      `INSERT INTO companies (id, name, standings, version)
       SELECT * FROM unnest($1::uuid[], $2::jsonb[], $3::jsonb[], $4::integer[])
       ON CONFLICT (id) DO UPDATE
         SET name = excluded.name, standings = excluded.standings, version = excluded.version
         WHERE companies.version < excluded.version`,
      [
        rows.map(({ companyId }) => companyId),
        rows.map(({ name }) => JSON.stringify(name)),
        rows.map(({ standings }) => JSON.stringify(standings)),
        rows.map(({ version }) => version),
      ],
    );
  }
}
