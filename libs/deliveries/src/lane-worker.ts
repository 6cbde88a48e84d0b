import { runLane, type LaneResult, type LaneRunOptions, type LeasedLane } from './lane-run.js';

/** The table of lanes. Every method is a transaction of its own, and none of them waits for a receiver. */
export interface LaneStore<Report, Leased extends LeasedLane = LeasedLane> {
  /**
   * Leases lanes that are due, each with its first waiting deliveries, and commits.
   * @param most lanes at most
   * @param mostDown of them lanes that are down at most
   */
  lease: (most: number, mostDown: number) => Promise<Leased[]>;
  /** Writes what became of a lane and ends its lease; does nothing where the lease was lost to another worker. */
  settle: (leased: Leased, result: LaneResult<Report>) => Promise<void>;
  /** When the next lane is due, in milliseconds since 1970; null where nothing waits. */
  nextDueAt: () => Promise<number | null>;
}

export interface LaneWorkerOptions<Report, Leased extends LeasedLane = LeasedLane> extends Pick<
  LaneRunOptions<Report, Leased>,
  'send' | 'now' | 'chance' | 'maxInFlight'
> {
  /** Lanes at once, those left out that are slow. */
  readonly maxLanes: number;
  /** A lane that is not done after this is slow, and others begin in its place, in milliseconds. */
  readonly slowAfterMs: number;
  /** Slow lanes at once. */
  readonly maxSlowLanes: number;
  /** Of them lanes that are down: the dead can't take all places. */
  readonly maxDownLanes: number;
  /** For how long after it was leased attempts of a lane may begin, in milliseconds. */
  readonly startWithinMs: number;
  /** The table is looked at this often even if nobody wakes the worker, in milliseconds. */
  readonly idleMs: number;
  readonly onFailed: (error: unknown) => void;
}

interface RunningLane {
  readonly down: boolean;
  readonly startedAt: number;
  readonly done: Promise<void>;
}

/** Leases lanes that are due and works on them side by side, until it is stopped. */
export class LaneWorker<Report, Leased extends LeasedLane = LeasedLane> {
  private readonly running = new Map<string, RunningLane>();
  private stopped = false;
  private woken = false;
  private wakeUp: () => void = () => undefined;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: LaneStore<Report, Leased>,
    private readonly options: LaneWorkerOptions<Report, Leased>,
  ) {}

  start(): void {
    this.loop = this.run();
  }

  /** Looks for due lanes at once: called after a commit that made deliveries. */
  wake(): void {
    this.woken = true;
    this.wakeUp();
  }

  /** Leases no more, and waits until what is under way has been written. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wakeUp();
    await this.loop;
    await Promise.all([...this.running.values()].map(({ done }) => done));
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.woken = false;
      const leased = await this.leaseMore().catch((error: unknown) => {
        this.options.onFailed(error);
        return [];
      });
      for (const lane of leased) this.begin(lane);
      if (leased.length === 0) await this.pause();
    }
  }

  private leaseMore(): Promise<Leased[]> {
    const { maxDownLanes } = this.options;
    const down = [...this.running.values()].filter((one) => one.down).length;
    const most = this.places();
    return most <= 0 ? Promise.resolve([]) : this.store.lease(most, Math.max(0, maxDownLanes - down));
  }

  /** How many lanes may begin now. Receivers that hang can't take the places of those that answer. */
  private places(): number {
    const { maxLanes, maxSlowLanes, slowAfterMs, now } = this.options;
    const since = now() - slowAfterMs;
    const quick = [...this.running.values()].filter(({ startedAt }) => startedAt > since).length;
    return Math.min(maxLanes - quick, maxLanes + maxSlowLanes - this.running.size);
  }

  private begin(leased: Leased): void {
    const done = this.work(leased)
      .catch((error: unknown) => this.options.onFailed(error))
      .finally(() => {
        this.running.delete(leased.id);
        this.wake();
      });
    const down = leased.lane.failuresInARow > 0;
    this.running.set(leased.id, { down, startedAt: this.options.now(), done });
  }

  private async work(leased: Leased): Promise<void> {
    const { send, now, chance, maxInFlight, startWithinMs } = this.options;
    const startUntil = now() + startWithinMs;
    const result = await runLane(leased, { send, now, chance, maxInFlight, startUntil });
    await this.store.settle(leased, result);
  }

  private async pause(): Promise<void> {
    if (this.woken || this.stopped) return;
    const dueAt = await this.store.nextDueAt().catch(() => null);
    const dueInMs = dueAt === null ? Infinity : Math.max(0, dueAt - this.options.now());
    const { idleMs, slowAfterMs } = this.options;
    const waitMs = this.places() <= 0 ? slowAfterMs : Math.min(idleMs, dueInMs);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.woken || this.stopped) this.wakeUp();
    });
  }
}
