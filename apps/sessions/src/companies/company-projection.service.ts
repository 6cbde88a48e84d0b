import { Injectable } from '@nestjs/common';
import { Problem, getCompanyStates, notFound, type CompanyState, type EventEnvelope } from '#contracts';
import { Rpc } from '#messaging';
import { Database, Inbox, UnitOfWork, type TransactionContext } from '#persistence';
import { CompanyProjectionRepository } from './company-projection.repository.js';

/** Keeps this service's copy of the companies: what each organization decided about them. */
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
    const known = await this.companies.find(this.database, id);
    if (known === null || known.version < version) await this.fetch(id);
  }

  /** Makes sure that the company is known here before a transaction asks for its verification status. */
  async ensure(id: string): Promise<void> {
    const known = await this.companies.find(this.database, id);
    if (known === null) await this.fetch(id);
  }

  /** Throws `company.suspended` where the organization has suspended the company. */
  async refuseSuspended(tx: TransactionContext, id: string, organizationId: string): Promise<void> {
    const company = await this.companies.find(tx.manager, id);
    if (company === null) throw notFound('company');
    const decision = company.standings.find((one) => one.organizationId === organizationId);
    if (decision?.status !== 'suspended') return;
    throw new Problem(
      'company.suspended',
      'The organizer of this stop has suspended your company. What it has stays; ask the organizer.',
    );
  }

  private async fetch(id: string): Promise<void> {
    const { companies } = await this.rpc.ask(getCompanyStates, { ids: [id] });
    await this.unitOfWork.transaction((manager) => this.companies.upsert(manager, companies));
  }
}
