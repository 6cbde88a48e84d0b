import { Injectable } from '@nestjs/common';
import { getCompanyStates, type CompanyState, type EventEnvelope } from '#contracts';
import { Rpc } from '#messaging';
import { CommandQueue, Inbox, allOrNone, Database, UnitOfWork, type Transaction } from '#persistence';

/** Companies remembered as known at most; beyond it the memory starts anew. */
const maxKnown = 200_000;
/** What one request to accounts may name. */
const maxAskedTogether = 1_000;

const done = Promise.resolve();

/** The projection of companies: names, and their standings with organizations. */
@Injectable()
export class CompanyRepository {
  /** Companies never vanish, so once one was seen nobody need look again. */
  private readonly known = new Set<string>();
  private readonly lookUps = new CommandQueue<string>({
    decide: allOrNone((companyIds) => this.lookUp([...new Set(companyIds)])),
    maxBatch: maxAskedTogether,
  });
  private readonly applyOne: (event: EventEnvelope<CompanyState>) => Promise<void>;

  constructor(
    private readonly database: Database,
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
    const rows = (await this.database.query('SELECT version FROM companies WHERE company_id = $1', [
      companyId,
    ])) as { version: number }[];
    if ((rows[0]?.version ?? 0) < version) await this.fetch([companyId]);
  }

  /**
   * Makes sure that a company is known here. Those that are not are looked up together: a stampede of callers never
   * seen before costs one question for all that came while the last one was answered.
   */
  require(companyId: string): Promise<void> {
    return this.known.has(companyId) ? done : this.lookUps.submit(companyId);
  }

  private async lookUp(ids: string[]): Promise<void> {
    const rows = (await this.database.query(
      'SELECT company_id FROM companies WHERE company_id = ANY($1::uuid[])',
      [ids],
    )) as { company_id: string }[];
    const stored = new Set(rows.map((row) => row.company_id));
    const missing = ids.filter((id) => !stored.has(id));
    if (missing.length > 0) await this.fetch(missing);
    this.remember(ids);
  }

  private async fetch(companyIds: string[]): Promise<void> {
    for (let start = 0; start < companyIds.length; start += maxAskedTogether) {
      const ids = companyIds.slice(start, start + maxAskedTogether);
      const { companies } = await this.rpc.ask(getCompanyStates, { ids });
      await this.unitOfWork.transaction((manager) => upsertCompanies(manager, companies));
    }
  }

  private remember(companyIds: readonly string[]): void {
    if (this.known.size >= maxKnown) this.known.clear();
    for (const id of companyIds) this.known.add(id);
  }
}

/** Only a newer state replaces the present one, so events may come twice and in any order. Sorted: no deadlocks. */
async function upsertCompanies(manager: Transaction, states: readonly CompanyState[]): Promise<void> {
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
