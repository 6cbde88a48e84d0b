import { Injectable } from '@nestjs/common';
import type { CompanyState, Localized } from '#contracts';
import { plainArray, jsonArray, textArray, type Reader, type Transaction } from '#persistence';
import { companySearchText } from './company-search.js';
import { CompanyProjectionEntity } from './company-projection.entity.js';

/** The rows of this service's copy of the companies. */
@Injectable()
export class CompanyProjectionRepository {
  async findVersion(manager: Reader, companyId: string): Promise<number | undefined> {
    const company = await manager.findOne(CompanyProjectionEntity, {
      select: { version: true },
      where: { companyId },
    });
    return company?.version;
  }

  async findKnown(manager: Reader, companyIds: readonly string[]): Promise<Set<string>> {
    const companies = await this.findAny(manager, companyIds, ['companyId']);
    return new Set(companies.map(({ companyId }) => companyId));
  }

  /** Companies whose last event came before events carried credit codes. */
  async findWithoutUscc(manager: Reader, afterId: string | null, take: number): Promise<string[]> {
    const rows = (await manager.query(
      `SELECT company_id AS id FROM companies WHERE uscc IS NULL AND ($1::uuid IS NULL OR company_id > $1)
        ORDER BY company_id LIMIT $2`,
      [afterId, take],
    )) as { id: string }[];
    return rows.map(({ id }) => id);
  }

  async findNames(manager: Reader, companyIds: readonly string[]): Promise<Map<string, Localized>> {
    const companies = await this.findAny(manager, [...new Set(companyIds)], ['companyId', 'name']);
    return new Map(companies.map(({ companyId, name }) => [companyId, name]));
  }

  /** One parameter however many ids: a list of thousands would have one each. */
  private findAny(
    manager: Reader,
    companyIds: readonly string[],
    columns: (keyof CompanyProjectionEntity)[],
  ): Promise<CompanyProjectionEntity[]> {
    return manager
      .createQueryBuilder(CompanyProjectionEntity, 'company')
      .select(columns.map((column) => `company.${column}`))
      .where('company.companyId = ANY (:ids)', { ids: plainArray(companyIds) })
      .getMany();
  }

  /** Only a newer state replaces the present one, so events may come twice and in any order. Sorted: no deadlocks. */
  async upsert(manager: Transaction, states: readonly CompanyState[]): Promise<void> {
    const rows = states.toSorted((a, b) => (a.companyId < b.companyId ? -1 : 1));
    await manager.query(
      `INSERT INTO companies (company_id, name, standings, version, uscc, search_text)
       SELECT * FROM unnest($1::uuid[], $2::jsonb[], $3::jsonb[], $4::integer[], $5::text[], $6::text[])
       ON CONFLICT (company_id) DO UPDATE
         SET name = excluded.name, standings = excluded.standings, version = excluded.version, uscc = excluded.uscc,
             search_text = excluded.search_text
         WHERE companies.version < excluded.version
            OR (companies.version = excluded.version AND companies.uscc IS NULL AND excluded.uscc IS NOT NULL)`,
      [
        plainArray(rows.map(({ companyId }) => companyId)),
        jsonArray(rows.map(({ name }) => JSON.stringify(name))),
        jsonArray(rows.map(({ standings }) => JSON.stringify(standings))),
        plainArray(rows.map(({ version }) => version)),
        textArray(rows.map(({ uscc }) => uscc ?? null)),
        textArray(rows.map(companySearchText)),
      ],
    );
  }
}
