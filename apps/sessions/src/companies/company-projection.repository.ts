import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  Problem,
  companyChanged,
  getCompanyStates,
  notFound,
  type CompanyState,
  type EventOf,
} from '#contracts';
import { Rpc } from '#messaging';
import { Inbox, Writes } from '#persistence';
import { CompanyProjectionEntity } from './company-projection.entity.js';

/** This service's copy of the companies: what organizations decided of them. */
@Injectable()
export class CompanyProjectionRepository {
  constructor(
    private readonly writes: Writes,
    private readonly inbox: Inbox,
    private readonly rpc: Rpc,
  ) {}

  async applyEvent(event: EventOf<typeof companyChanged>): Promise<void> {
    await this.inbox.once(event, (manager) => apply(manager, event.data));
  }

  async catchUp(id: string, version: number): Promise<void> {
    const known = await this.find(this.writes.dataSource.manager, id);
    if (known === null || known.version < version) await this.fetch(id);
  }

  /** Makes sure that the company is known here before a transaction asks for its standing. */
  async ensure(id: string): Promise<void> {
    if ((await this.find(this.writes.dataSource.manager, id)) === null) await this.fetch(id);
  }

  /** Throws `company.suspended` where the organization has suspended the company. */
  async refuseSuspended(manager: EntityManager, id: string, organizationId: string): Promise<void> {
    const company = await this.find(manager, id);
    if (company === null) throw notFound('company');
    const standing = company.standings.find((one) => one.organizationId === organizationId);
    if (standing?.status !== 'suspended') return;
    throw new Problem(
      'company.suspended',
      'The organizer of this stop has suspended your company. What it has stays; ask the organizer.',
    );
  }

  private find(manager: EntityManager, id: string): Promise<CompanyProjectionEntity | null> {
    return manager.findOneBy(CompanyProjectionEntity, { id });
  }

  private async fetch(id: string): Promise<void> {
    const { companies } = await this.rpc.ask(getCompanyStates, { ids: [id] });
    for (const company of companies) await apply(this.writes.dataSource.manager, company);
  }
}

async function apply(manager: EntityManager, company: CompanyState): Promise<void> {
  await manager.query(
    `INSERT INTO companies (id, name, standings, version) VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE
       SET name = excluded.name, standings = excluded.standings, version = excluded.version
       WHERE companies.version < excluded.version`,
    [company.companyId, JSON.stringify(company.name), JSON.stringify(company.standings), company.version],
  );
}
