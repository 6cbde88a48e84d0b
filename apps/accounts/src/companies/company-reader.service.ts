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
import { presentCompany, stateOf, type CompanyView } from './company.js';
import { CompanyRepository } from './company.repository.js';

/** What callers and neighbours read of companies. */
@Injectable()
export class CompanyReader {
  constructor(
    private readonly database: Database,
    private readonly companies: CompanyRepository,
  ) {}

  async get(caller: Caller, id: string): Promise<CompanyView> {
    const [company] = await this.companies.find(this.manager, [id]);
    if (company === undefined) throw notFound('company');
    return presentCompany(caller, company);
  }

  async list(caller: Caller, query: InputOf<typeof listCompanies>): Promise<OutputOf<typeof listCompanies>> {
    const afterId = decodeIdCursor(query.cursor);
    const rows = await this.companies.search(this.manager, caller, query, afterId, query.limit + 1);
    const { items, nextCursor } = cutPage(rows, query.limit, (row) => [row.id]);
    const companies = await this.companies.find(
      this.manager,
      items.map((row) => row.id),
    );
    return { items: companies.map((company) => presentCompany(caller, company)), nextCursor };
  }

  async findStates(ids: readonly string[]): Promise<CompanyState[]> {
    return (await this.companies.find(this.manager, ids)).map(stateOf);
  }

  async findContacts(ids: readonly string[]): Promise<OutputOf<typeof getCompanyContacts>['contacts']> {
    const companies = await this.companies.find(this.manager, ids);
    return companies.map((company) => ({ companyId: company.id, contact: company.contact }));
  }

  private get manager() {
    return this.database;
  }
}
