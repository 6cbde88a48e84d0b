import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Caller, InputOf, VerificationStatus, listCompanies } from '#contracts';
import type { Transaction, Reader } from '#persistence';
import { CompanyEntity, VerificationEntity } from './company.entity.js';
import type { CompanyRecord } from './company.js';

/** The rows of companies and of what organizations decided about them. */
@Injectable()
export class CompanyRepository {
  async insert(manager: Transaction, company: CompanyRecord): Promise<void> {
    await manager.insert(CompanyEntity, columnsOf(company));
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

  /** The ids of the companies that a query finds, oldest first, after one of them. */
  search(
    manager: Reader,
    caller: Caller,
    { status, q }: Pick<InputOf<typeof listCompanies>, 'status' | 'q'>,
    afterId: string | null,
    maxCompanies: number,
  ): Promise<{ id: string }[]> {
    return manager.query(
      `SELECT id FROM companies LEFT JOIN standings ON company_id = id AND organization_id = $1
        WHERE ($2::uuid IS NULL OR id > $2)
          AND ($3::text[] IS NULL OR coalesce(status, 'unverified') = ANY($3))
          AND ($4::text IS NULL OR uscc = upper($4)
               OR strpos(lower(name->>'zh'), lower($4)) > 0 OR strpos(lower(name->>'en'), lower($4)) > 0)
        ORDER BY id LIMIT $5`,
      [caller.organizationId, afterId, status ?? null, q ?? null, maxCompanies],
    );
  }
}

function columnsOf({ standings: _standings, ...columns }: CompanyRecord): CompanyEntity {
  return columns;
}
