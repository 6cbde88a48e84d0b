import { Injectable } from '@nestjs/common';
import { Problem, getCompanyStates, notFound, type CompanyState, type EventEnvelope } from '#contracts';
import { Rpc } from '#messaging';
import { Database, Inbox, UnitOfWork } from '#persistence';
import { CompanyProjectionRepository, type KnownCompany } from './company-projection.repository.js';
import { isSuspended } from './company-shown.js';

/** Keeps this service's copy of the companies: names, cities, and what each organization decided about them. */
@Injectable()
export class CompanyProjectionService {
  /** Applies an event together with others that arrive at the same time. */
  readonly applyEvent: (event: EventEnvelope<CompanyState>) => Promise<void>;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    inbox: Inbox,
    private readonly rpc: Rpc,
    private readonly companies: CompanyProjectionRepository,
  ) {
    this.applyEvent = inbox.batched((manager, states: CompanyState[]) => companies.upsert(manager, states));
  }

  async catchUp(id: string, version: number): Promise<void> {
    const known = (await this.findAll([id])).get(id);
    if (known === undefined || known.version < version) await this.fetch([id]);
  }

  async findAll(ids: readonly string[]): Promise<ReadonlyMap<string, KnownCompany>> {
    const rows = await this.companies.findAll(this.database, [...new Set(ids)]);
    return new Map(rows.map((company) => [company.id, company]));
  }

  /** A company that exists; one whose event has not arrived yet is fetched. */
  async get(id: string): Promise<KnownCompany> {
    const known = (await this.findAll([id])).get(id);
    if (known !== undefined) return known;
    await this.fetch([id]);
    const fetched = (await this.findAll([id])).get(id);
    if (fetched === undefined) throw notFound('company');
    return fetched;
  }

  /** Throws `company.suspended` where the organization has suspended the company. */
  async refuseSuspended(id: string, organizationId: string): Promise<void> {
    const { standings } = await this.get(id);
    if (!isSuspended(standings, organizationId)) return;
    throw new Problem(
      'company.suspended',
      'The organizer of this tour has suspended your company. What it has stays; ask the organizer.',
    );
  }

  private async fetch(ids: string[]): Promise<void> {
    const { companies } = await this.rpc.ask(getCompanyStates, { ids });
    await this.unitOfWork.transaction((manager) => this.companies.upsert(manager, companies));
  }
}
