import { Injectable } from '@nestjs/common';
import { getCompanyStates, type CompanyState, type EventEnvelope } from '#contracts';
import { Rpc } from '#messaging';
import { CommandQueue, Database, Inbox, UnitOfWork, allOrNone } from '#persistence';
import { CompanyProjectionRepository } from './company-projection.repository.js';

/** Companies remembered as known at most; beyond it the memory starts anew. */
const maxKnown = 200_000;
/** What one request to accounts may name. */
const maxAskedTogether = 1_000;

const done = Promise.resolve();

/** Keeps this service's copy of the companies: their names, and what each organization decided about them. */
@Injectable()
export class CompanyProjectionService {
  /** Companies never vanish, so once one was seen nobody need look again. */
  private readonly known = new Set<string>();
  private readonly lookUps = new CommandQueue<string>({
    decide: allOrNone((companyIds) => this.lookUp([...new Set(companyIds)])),
    maxBatch: maxAskedTogether,
  });
  private readonly applyOne: (event: EventEnvelope<CompanyState>) => Promise<void>;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    inbox: Inbox,
    private readonly rpc: Rpc,
    private readonly companies: CompanyProjectionRepository,
  ) {
    this.applyOne = inbox.batched((manager, states: CompanyState[]) => companies.upsert(manager, states));
  }

  /** Applies an event together with others that arrive at the same time. */
  async applyEvent(event: EventEnvelope<CompanyState>): Promise<void> {
    await this.applyOne(event);
    this.remember([event.data.companyId]);
  }

  async catchUp(companyId: string, version: number): Promise<void> {
    const known = await this.companies.findVersion(this.database, companyId);
    if ((known ?? 0) < version) await this.fetch([companyId]);
  }

  /** Asks for the credit codes of companies whose last event carried none. */
  async completeUsccs(): Promise<void> {
    let after: string | null = null;
    for (;;) {
      const ids: string[] = await this.companies.findWithoutUscc(this.database, after, maxAskedTogether);
      if (ids.length > 0) await this.fetch(ids);
      after = ids.at(-1) ?? null;
      if (ids.length < maxAskedTogether) return;
    }
  }

  /**
   * Makes sure that a company is known here. Those that are not are looked up together: a stampede of callers never
   * seen before costs one question for all that came while the last one was answered.
   */
  require(companyId: string): Promise<void> {
    return this.known.has(companyId) ? done : this.lookUps.submit(companyId);
  }

  private async lookUp(companyIds: string[]): Promise<void> {
    const stored = await this.companies.findKnown(this.database, companyIds);
    const missing = companyIds.filter((id) => !stored.has(id));
    if (missing.length > 0) await this.fetch(missing);
    this.remember(companyIds);
  }

  private async fetch(ids: string[]): Promise<void> {
    const { companies } = await this.rpc.ask(getCompanyStates, { ids });
    await this.unitOfWork.transaction((manager) => this.companies.upsert(manager, companies));
  }

  private remember(companyIds: readonly string[]): void {
    if (this.known.size >= maxKnown) this.known.clear();
    for (const id of companyIds) this.known.add(id);
  }
}
