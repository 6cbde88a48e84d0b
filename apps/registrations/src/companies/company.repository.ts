import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { getCompanyStates, type CompanyState, type EventEnvelope } from '#contracts';
import { Rpc } from '#messaging';
import { Inbox, UnitOfWork } from '#persistence';

/** Companies remembered as known at most; beyond it the memory starts anew. */
const knownMax = 200_000;
/** What one request to accounts may name. */
const askedAtOnceMax = 1_000;

const settled = Promise.resolve();

/** The projection of companies: names, and their standings with organizations. */
@Injectable()
export class CompanyRepository {
  /** Companies never vanish, so once one was seen nobody need look again. */
  private readonly known = new Set<string>();
  private readonly wanted = new Set<string>();
  private look = settled;
  private nextLook: Promise<void> | undefined;
  private readonly applyOne: (event: EventEnvelope<CompanyState>) => Promise<void>;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    inbox: Inbox,
    private readonly rpc: Rpc,
  ) {
    this.applyOne = inbox.batched(upsertCompanies);
  }

  async applyEvent(event: EventEnvelope<CompanyState>): Promise<void> {
    await this.applyOne(event);
    this.remember([event.data.companyId]);
  }

  async catchUp(companyId: string, version: number): Promise<void> {
    const rows = (await this.unitOfWork.dataSource.query(
      'SELECT version FROM companies WHERE company_id = $1',
      [companyId],
    )) as { version: number }[];
    if ((rows[0]?.version ?? 0) < version) await this.fetch([companyId]);
  }

  /**
   * Makes sure that a company is known here. Those that are not are looked up together: a stampede of callers never
   * seen before costs one question for all that came while the last one was answered.
   */
  require(companyId: string): Promise<void> {
    if (this.known.has(companyId)) return settled;
    this.wanted.add(companyId);
    this.nextLook ??= this.look
      .catch(() => undefined)
      .then(() => {
        const ids = [...this.wanted];
        this.wanted.clear();
        this.nextLook = undefined;
        this.look = this.lookUp(ids);
        return this.look;
      });
    return this.nextLook;
  }

  private async lookUp(ids: string[]): Promise<void> {
    const rows = (await this.unitOfWork.dataSource.query(
      'SELECT company_id FROM companies WHERE company_id = ANY($1::uuid[])',
      [ids],
    )) as { company_id: string }[];
    const stored = new Set(rows.map((row) => row.company_id));
    const missing = ids.filter((id) => !stored.has(id));
    if (missing.length > 0) await this.fetch(missing);
    this.remember(ids);
  }

  private async fetch(companyIds: string[]): Promise<void> {
    for (let start = 0; start < companyIds.length; start += askedAtOnceMax) {
      const ids = companyIds.slice(start, start + askedAtOnceMax);
      const { companies } = await this.rpc.ask(getCompanyStates, { ids });
      await upsertCompanies(this.unitOfWork.dataSource.manager, companies);
    }
  }

  private remember(companyIds: readonly string[]): void {
    if (this.known.size >= knownMax) this.known.clear();
    for (const id of companyIds) this.known.add(id);
  }
}

/** Only a newer state replaces the present one, so events may come twice and in any order. Sorted: no deadlocks. */
async function upsertCompanies(manager: EntityManager, states: readonly CompanyState[]): Promise<void> {
  const rows = [...states].sort((a, b) => (a.companyId < b.companyId ? -1 : 1));
  await manager.query(
    `INSERT INTO companies (company_id, name, standings, version)
     SELECT * FROM unnest($1::uuid[], $2::jsonb[], $3::jsonb[], $4::integer[])
     ON CONFLICT (company_id) DO UPDATE
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
