import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, getCompanyStates, notFound, type CompanyState, type EventEnvelope } from '#contracts';
import { Rpc } from '#messaging';
import { Inbox, UnitOfWork } from '#persistence';
import { CompanyProjectionEntity } from './company-projection.entity.js';

/** This service's copy of the companies: what organizations decided of them. */
@Injectable()
export class CompanyProjectionRepository {
  /** Takes over what an event says of a company. */
  readonly applyEvent: (event: EventEnvelope<CompanyState>) => Promise<void>;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    inbox: Inbox,
    private readonly rpc: Rpc,
  ) {
    this.applyEvent = inbox.batched(upsertCompanies);
  }

  async catchUp(id: string, version: number): Promise<void> {
    const known = await this.find(this.unitOfWork.dataSource.manager, id);
    if (known === null || known.version < version) await this.fetch(id);
  }

  /** Makes sure that the company is known here before a transaction asks for its standing. */
  async ensure(id: string): Promise<void> {
    if ((await this.find(this.unitOfWork.dataSource.manager, id)) === null) await this.fetch(id);
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
    await upsertCompanies(this.unitOfWork.dataSource.manager, companies);
  }
}

/** Only a newer state replaces the present one, so events may come twice and in any order. Sorted: no deadlocks. */
async function upsertCompanies(manager: EntityManager, states: readonly CompanyState[]): Promise<void> {
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
