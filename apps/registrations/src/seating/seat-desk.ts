import { Problem } from '#contracts';

/** Orders of one stop decided in one transaction at most. */
export const batchMax = 200;
/** Transactions under way at most in this process: more would only wait for each other and for connections. */
export const batchesAtOnceMax = 4;
/** Orders that wait at most in this process; the next are refused at once. */
export const waitingMax = 5_000;

/** How one order ended: its answer, or why there is none. */
export type Settlement<Answer> =
  { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly error: unknown };

export interface SeatDeskOptions<Order, Answer> {
  /** Decides orders of one stop in one transaction; throws where the transaction as a whole failed. */
  readonly decide: (stopId: string, orders: readonly Order[]) => Promise<Settlement<Answer>[]>;
  /** Orders with equal keys are never in one batch; undefined stands for none. */
  readonly keyOf: (order: Order) => string | undefined;
  /** When the caller gives up, in milliseconds since the epoch. */
  readonly deadlineOf: (order: Order) => number;
  /** Whether a failed transaction would fail as well with each order alone. */
  readonly isOutage: (error: unknown) => boolean;
  /** Off: every order has a transaction of its own. */
  readonly batching: boolean;
}

interface Ticket<Order, Answer> {
  readonly order: Order;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects the orders that wait for the same stop and has them decided together, one transaction at a time per stop.
 * Nothing waits on purpose: a batch is what arrived while the last one was committing, or what one turn of the event
 * loop brought, since requests arrive in packets. A lone order's turn is over at once.
 */
export class SeatDesk<Order, Answer> {
  private readonly queues = new Map<string, Ticket<Order, Answer>[]>();
  /** Stops with waiting orders and no transaction under way, first come, first served. */
  private readonly ready = new Set<string>();
  private readonly busy = new Set<string>();
  private waiting = 0;
  private underWay = 0;
  private turn: NodeJS.Immediate | undefined;

  constructor(private readonly options: SeatDeskOptions<Order, Answer>) {}

  /** Waits for the decision; rejects with the refusal, or with `service.unavailable` where there is too much to do. */
  submit(stopId: string, order: Order): Promise<Answer> {
    if (this.waiting >= waitingMax) return Promise.reject(overloaded('Too many registrations wait.'));
    return new Promise((resolve, reject) => {
      const queue = this.queues.get(stopId);
      if (queue === undefined) this.queues.set(stopId, [{ order, resolve, reject }]);
      else queue.push({ order, resolve, reject });
      this.waiting += 1;
      if (!this.busy.has(stopId)) this.ready.add(stopId);
      this.beginAfterTurn();
    });
  }

  private beginAfterTurn(): void {
    this.turn ??= setImmediate(() => {
      this.turn = undefined;
      this.begin();
    });
  }

  private begin(): void {
    for (const stopId of this.ready) {
      if (this.underWay >= batchesAtOnceMax) return;
      this.ready.delete(stopId);
      this.underWay += 1;
      if (this.options.batching) this.busy.add(stopId);
      const batch = this.takeBatch(stopId);
      if (!this.options.batching && this.queues.has(stopId)) this.ready.add(stopId);
      void this.work(stopId, batch).finally(() => {
        this.underWay -= 1;
        this.busy.delete(stopId);
        if (this.queues.has(stopId)) this.ready.add(stopId);
        this.beginAfterTurn();
      });
    }
  }

  /** The oldest orders, in order; one whose key is in the batch already stays for the next. */
  private takeBatch(stopId: string): Ticket<Order, Answer>[] {
    const queue = this.queues.get(stopId) ?? [];
    const size = this.options.batching ? batchMax : 1;
    const keys = new Set<string>();
    const batch: Ticket<Order, Answer>[] = [];
    const rest: Ticket<Order, Answer>[] = [];
    for (const ticket of queue) {
      const key = this.options.keyOf(ticket.order);
      if (batch.length === size || (key !== undefined && keys.has(key))) rest.push(ticket);
      else batch.push(ticket);
      if (key !== undefined) keys.add(key);
    }
    this.waiting -= batch.length;
    if (rest.length > 0) this.queues.set(stopId, rest);
    else this.queues.delete(stopId);
    return batch;
  }

  private async work(stopId: string, taken: readonly Ticket<Order, Answer>[]): Promise<void> {
    const batch = taken.filter((ticket) => this.refuseIfLate(ticket));
    if (batch.length === 0) return;
    try {
      await this.decide(stopId, batch);
    } catch (error) {
      if (batch.length === 1 || this.options.isOutage(error)) batch.forEach(({ reject }) => reject(error));
      else await this.oneByOne(stopId, batch);
    }
  }

  private async decide(stopId: string, batch: readonly Ticket<Order, Answer>[]): Promise<void> {
    const orders = batch.map(({ order }) => order);
    const settlements = await this.options.decide(stopId, orders);
    for (const [index, { resolve, reject }] of batch.entries()) {
      const settlement = settlements[index];
      if (settlement?.ok === true) resolve(settlement.answer);
      else reject(settlement?.error ?? new Error('An order was left undecided.'));
    }
  }

  /** One order has broken the transaction of all: each gets its own, so that only that one fails. */
  private async oneByOne(stopId: string, batch: readonly Ticket<Order, Answer>[]): Promise<void> {
    for (const ticket of batch) {
      if (this.refuseIfLate(ticket)) await this.decide(stopId, [ticket]).catch(ticket.reject);
    }
  }

  /** Nobody waits for the answer any more, so the order is not carried out. */
  private refuseIfLate({ order, reject }: Ticket<Order, Answer>): boolean {
    if (Date.now() < this.options.deadlineOf(order)) return true;
    reject(overloaded('The registration was not decided in time.'));
    return false;
  }
}

function overloaded(why: string): Problem {
  return new Problem('service.unavailable', `${why} Try again in a moment.`, { retryAfterSeconds: 1 });
}
