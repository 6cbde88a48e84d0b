import type { Accepted, Promotion, SeatsState, VerificationStatus, Waiting } from './decision.js';
import { type Delegation, isLive, seatedStatus } from './delegation.js';
import { count, type StopSeats } from './stop-seats.js';
import { WaitingList } from './waiting-list.js';

/**
 * The working copy of one `decide` call. Every change of a delegation goes through `put`, which keeps the counters
 * and the waiting list in step with it, so no rule can forget them.
 */
export class SeatAllocation {
  stop: StopSeats;
  readonly waiting: WaitingList;
  everyLiveCancelled = false;
  private readonly delegations = new Map<string, Delegation>();
  private readonly liveByCompany = new Map<string, string>();
  private readonly asLoaded = new Map<string, Delegation | null>();
  private readonly promotedUnseen = new Map<string, Promotion>();
  private readonly standings: ReadonlyMap<string, VerificationStatus>;
  private readonly departed: ReadonlySet<string>;

  constructor(state: SeatsState) {
    this.stop = state.stop;
    this.standings = state.standings;
    this.departed = state.departed ?? new Set();
    this.waiting = new WaitingList(state.waiting, state.stop.waitingDelegations);
    for (const delegation of state.delegations) this.index(delegation);
  }

  find(registrationId: string): Delegation | undefined {
    return this.delegations.get(registrationId);
  }

  hasLive(companyId: string): boolean {
    return this.liveByCompany.has(companyId);
  }

  /** Whether somebody who left this seat is still kept. */
  hasDeparted(delegateId: string): boolean {
    return this.departed.has(delegateId);
  }

  verificationStatusOf(companyId: string): VerificationStatus {
    return this.standings.get(companyId) ?? 'unverified';
  }

  /** Writes the next state of a delegation, or a new one. */
  put(next: Delegation): void {
    const before = this.delegations.get(next.id) ?? null;
    if (!this.asLoaded.has(next.id)) this.asLoaded.set(next.id, before);
    if (before !== null) this.takeOut(before);
    this.stop = recount(this.stop, before, next);
    if (next.queueNumber !== null) this.waiting.add(waitingOf(next, next.queueNumber));
    this.index(next);
  }

  /** Gives a waiting delegation its seats, whether or not its delegates were loaded. */
  promote(entry: Waiting): Promotion {
    const status = seatedStatus[this.stop.approval];
    const { id, companyId, seats } = entry;
    const promotion: Promotion = { id, companyId, seats, status, version: entry.version + 1 };
    const named = this.delegations.get(id);
    if (named !== undefined) {
      this.put({ ...named, status, queueNumber: null, version: promotion.version });
      return promotion;
    }
    this.waiting.remove(entry.queueNumber);
    this.stop = count(count(this.stop, 'waitlisted', seats, -1), status, seats, 1);
    this.promotedUnseen.set(id, promotion);
    return promotion;
  }

  /** The answer to a command that changed this delegation, as it stands once the promotions are done. */
  accept(
    before: Delegation | null,
    id: string,
    promotions: readonly Promotion[] = [],
    unseatedDelegateIds: readonly string[] = [],
  ): Accepted {
    const after = this.find(id) ?? null;
    const queueNumber = after?.queueNumber ?? null;
    const waitlistPosition = queueNumber === null ? null : this.waiting.positionOf(queueNumber);
    return { accepted: true, before, after, waitlistPosition, promotions, unseatedDelegateIds };
  }

  named(): Delegation[] {
    return [...this.delegations.values()];
  }

  changes(): { before: Delegation | null; after: Delegation }[] {
    return [...this.asLoaded].flatMap(([id, before]) => {
      const after = this.delegations.get(id);
      return after === undefined ? [] : [{ before, after }];
    });
  }

  promotions(): Promotion[] {
    return [...this.promotedUnseen.values()];
  }

  private takeOut(before: Delegation): void {
    if (before.queueNumber !== null) this.waiting.remove(before.queueNumber);
    if (isLive(before)) this.liveByCompany.delete(before.companyId);
  }

  private index(delegation: Delegation): void {
    this.delegations.set(delegation.id, delegation);
    if (isLive(delegation)) this.liveByCompany.set(delegation.companyId, delegation.id);
  }
}

/** The same object where nothing countable changed: the seat row then needs no write. */
function recount(stop: StopSeats, before: Delegation | null, next: Delegation): StopSeats {
  const seats = next.delegates.length;
  if (before?.status === next.status && before.delegates.length === seats) return stop;
  const without = before === null ? stop : count(stop, before.status, before.delegates.length, -1);
  return count(without, next.status, seats, 1);
}

function waitingOf(delegation: Delegation, queueNumber: number): Waiting {
  const { id, companyId, version } = delegation;
  return { id, companyId, version, queueNumber, seats: delegation.delegates.length };
}
