import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { VerificationStatus } from '#contracts';
import {
  instantArray,
  jsonArray,
  plainArray,
  textArray,
  type Sql,
  type Reader,
  type Transaction,
} from '#persistence';
import { ngramsOf, searchTextOf } from './company-search.js';
import { CompanyEntity, VerificationEntity } from './company.entity.js';
import type { CompanyRecord } from './company.js';

const insertCompanies = `
  INSERT INTO companies (id, name, uscc, contact, industry, city_code, created_at, search_text, search_ngrams)
  SELECT id, name, uscc, contact, industry, city, at, text, ngrams::integer[]
    FROM unnest($1::uuid[], $2::jsonb[], $3::text[], $4::jsonb[], $5::text[], $6::text[], $7::timestamptz[],
                $8::text[], $9::text[]) WITH ORDINALITY
      AS company (id, name, uscc, contact, industry, city, at, text, ngrams, position)
   ORDER BY uscc, position
  ON CONFLICT DO NOTHING RETURNING id`;

/** The rows of companies and of what organizations decided about them. */
@Injectable()
export class CompanyRepository {
  /**
   * Inserts companies whose credit codes are free, also where others are inserted at the same time: that waits for them,
   * and in the order of the codes, so that two transactions never wait for each other. Of two with one code the first in
   * the list counts.
   * @returns the ids of those that were inserted
   */
  async insertFree(sql: Sql, companies: readonly CompanyRecord[]): Promise<Set<string>> {
    const columns = companies.map(columnsOf);
    const rows = (await sql.query(insertCompanies, [
      plainArray(columns.map(({ id }) => id)),
      jsonArray(columns.map(({ name }) => JSON.stringify(name))),
      textArray(columns.map(({ uscc }) => uscc)),
      jsonArray(columns.map(({ contact }) => JSON.stringify(contact))),
      textArray(columns.map(({ industry }) => industry)),
      textArray(columns.map(({ cityCode }) => cityCode)),
      instantArray(columns.map(({ createdAt }) => createdAt)),
      textArray(columns.map(({ searchText }) => searchText)),
      textArray(columns.map(({ searchNgrams }) => plainArray(searchNgrams))),
    ])) as { id: string }[];
    return new Set(rows.map((row) => row.id));
  }

  async update(manager: Transaction, company: CompanyRecord): Promise<void> {
    await manager.update(CompanyEntity, { id: company.id }, columnsOf(company));
  }

  /** Saves what one organization decided, with the company's new version. */
  async updateStatus(
    manager: Transaction,
    company: CompanyRecord,
    organizationId: string,
    status: VerificationStatus,
  ): Promise<void> {
    const decision = { companyId: company.id, organizationId, status };
    await manager.upsert(VerificationEntity, decision, ['companyId', 'organizationId']);
    await manager.update(CompanyEntity, { id: company.id }, { version: company.version });
  }

  /** Locks the company and reads it; `undefined` where there is none. */
  async lock(manager: Transaction, id: string): Promise<CompanyRecord | undefined> {
    await manager.findOne(CompanyEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    const [company] = await this.find(manager, [id]);
    return company;
  }

  /** The companies that are there, in the order of their ids. */
  async find(manager: Reader, ids: readonly string[]): Promise<CompanyRecord[]> {
    const companies = await manager.find(CompanyEntity, {
      where: { id: In([...ids]) },
      order: { id: 'ASC' },
    });
    const standings = await manager.find(VerificationEntity, {
      where: { companyId: In([...ids]) },
      order: { organizationId: 'ASC' },
    });
    return companies.map((company) => ({
      ...company,
      standings: standings
        .filter((one) => one.companyId === company.id)
        .map(({ organizationId, status }) => ({ organizationId, status })),
    }));
  }
}

type Columns = CompanyEntity & Required<Pick<CompanyEntity, 'searchText' | 'searchNgrams'>>;

function columnsOf({ standings: _standings, ...columns }: CompanyRecord): Columns {
  const searchText = searchTextOf(columns);
  return { ...columns, searchText, searchNgrams: ngramsOf(searchText) };
}
