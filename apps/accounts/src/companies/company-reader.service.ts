import { Injectable } from '@nestjs/common';
import {
  notFound,
  type Caller,
  type CompanyState,
  type InputOf,
  type OutputOf,
  type getCompanyContacts,
  type listCompanies,
} from '#contracts';
import { cutPage, decodeIdCursor, Database } from '#persistence';
import { CompanySearchRepository } from './company-search.repository.js';
import { presentCompany, stateOf, type CompanyView } from './company.js';
import { CompanyRepository } from './company.repository.js';

/** What callers and other services read of companies. */
@Injectable()
export class CompanyReader {
  constructor(
    private readonly database: Database,
    private readonly companies: CompanyRepository,
    private readonly searches: CompanySearchRepository,
  ) {}

  async get(caller: Caller, id: string): Promise<CompanyView> {
    const [company] = await this.companies.find(this.database, [id]);
    if (company === undefined) throw notFound('company');
    return presentCompany(caller, company);
  }

  async list(caller: Caller, query: InputOf<typeof listCompanies>): Promise<OutputOf<typeof listCompanies>> {
    const rows = await this.searches.search(this.database, {
      organizationId: caller.organizationId,
      statuses: query.status,
      q: query.q,
      afterId: decodeIdCursor(query.cursor),
      maxCompanies: query.limit + 1,
    });
    const { items, nextCursor } = cutPage(rows, query.limit, (row) => [row.id]);
    const ids = items.map((row) => row.id);
    const companies = await this.companies.find(this.database, ids);
    return { items: companies.map((company) => presentCompany(caller, company)), nextCursor };
  }

  async findStates(ids: readonly string[]): Promise<CompanyState[]> {
    return (await this.companies.find(this.database, ids)).map(stateOf);
  }

  async findContacts(ids: readonly string[]): Promise<OutputOf<typeof getCompanyContacts>['contacts']> {
    const companies = await this.companies.find(this.database, ids);
    return companies.map((company) => ({ companyId: company.id, contact: company.contact }));
  }
}
