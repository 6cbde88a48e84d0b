import type { Command } from '../command.js';
import type { Outcome, SeatsState, VerificationStatus, Waiting } from '../decision.js';
import { type Delegation, isLive } from '../delegation.js';
import { loadPlan, needsWaitingList } from '../load-plan.js';
import type { StopSeats } from '../stop-seats.js';

/**
 * For tests only: one stop's rows in memory, loaded and saved exactly as the repository has to. It hands `decide` no
 * row that the load plan does not name, so a plan that forgets something fails the property tests.
 */
export class SeatsInMemory {
  readonly rows = new Map<string, Delegation>();

  constructor(
    public stop: StopSeats,
    private readonly standings: ReadonlyMap<string, VerificationStatus>,
  ) {}

  load(commands: readonly Command[]): SeatsState {
    const { registrationIds, companyIds } = loadPlan(commands);
    const delegations = [...this.rows.values()].filter(
      (row) => registrationIds.includes(row.id) || (companyIds.includes(row.companyId) && isLive(row)),
    );
    const waiting = needsWaitingList(this.stop, commands, delegations) ? this.queue() : null;
    const standings = new Map([...this.standings].filter(([companyId]) => companyIds.includes(companyId)));
    return { stop: this.stop, delegations, waiting, standings };
  }

  save(outcome: Outcome): void {
    this.stop = outcome.stop;
    for (const { after } of outcome.changes) this.rows.set(after.id, after);
    for (const { id, status, version } of outcome.promotions) {
      const row = this.rows.get(id);
      if (row !== undefined) this.rows.set(id, { ...row, status, version, queueNumber: null });
    }
    if (outcome.everyLiveCancelled) this.cancelEveryLive();
  }

  private cancelEveryLive(): void {
    for (const row of [...this.rows.values()].filter(isLive)) {
      this.rows.set(row.id, { ...row, status: 'cancelled', queueNumber: null, version: row.version + 1 });
    }
  }

  /** The waiting list in queue order. */
  queue(): Waiting[] {
    const waiting = [...this.rows.values()].flatMap(({ id, companyId, queueNumber, version, delegates }) =>
      queueNumber === null ? [] : [{ id, companyId, queueNumber, version, seats: delegates.length }],
    );
    return waiting.sort((a, b) => a.queueNumber - b.queueNumber);
  }
}
