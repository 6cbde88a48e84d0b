import { Injectable } from '@nestjs/common';
import {
  getCompanyStates,
  notFound,
  type CompanyState,
  type EventEnvelope,
  type Localized,
} from '#contracts';
import { Rpc } from '#messaging';
import { Database, Inbox, UnitOfWork } from '#persistence';
import { CompanyProjectionRepository } from './company-projection.repository.js';

/** Keeps this service's copy of the companies' names. */
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

  /** The names of companies; those whose events have not arrived yet are fetched, and unknown ones are left out. */
  async namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, Localized>> {
    const known = await this.companies.findNames(this.database, ids);
    const missing = [...new Set(ids)].filter((id) => !known.has(id));
    if (missing.length === 0) return known;
    const { companies } = await this.rpc.ask(getCompanyStates, { ids: missing });
    await this.unitOfWork.transaction((manager) => this.companies.upsert(manager, companies));
    return new Map([...known, ...companies.map(({ companyId, name }) => [companyId, name] as const)]);
  }

  /** Throws `resource.not_found` where one of the companies does not exist. */
  async refuseUnknown(ids: readonly string[]): Promise<void> {
    const known = await this.namesOf(ids);
    if (ids.some((id) => !known.has(id))) throw notFound('company');
  }
}
