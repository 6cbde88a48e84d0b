import { isDown } from './lane.js';
import { nextPlaceAt, placesFor, type LaneLimits, type LanePlaces, type RunningLane } from './lane-places.js';
import { runLane, type LaneResult, type LaneRunOptions, type LeasedLane } from './lane-run.js';

/** The table of lanes. Every method is a transaction of its own, and none of them waits for a receiver. */
export interface LaneStore<Report, Leased extends LeasedLane = LeasedLane> {
  /** Leases lanes that are due, as many as have places, each with its first waiting deliveries, and commits. */
  lease: (places: LanePlaces) => Promise<Leased[]>;
  /** Writes what became of a lane and ends its lease; does nothing where the lease was lost to another worker. */
  settle: (leased: Leased, result: LaneResult<Report>) => Promise<void>;
  /**
   * When the next lane becomes due, in milliseconds since 1970; null where nothing waits.
   * @param after what was due by then was offered already and waits for a place, not for a time
   */
  nextDueAt: (after: number) => Promise<number | null>;
}

export interface LaneWorkerOptions<Report, Leased extends LeasedLane = LeasedLane>
  extends LaneLimits, Pick<LaneRunOptions<Report, Leased>, 'send' | 'now' | 'chance' | 'maxInFlight'> {
  /** For how long after it was leased attempts of a lane may begin, in milliseconds. */
  readonly startWithinMs: number;
  /** The table is looked at this often even if nobody wakes the worker, in milliseconds. */
  readonly idleMs: number;
  readonly onFailed: (error: unknown) => void;
}

interface LaneUnderWay extends RunningLane {
  readonly done: Promise<void>;
}

/** Leases lanes that are due and works on them side by side, until it is stopped. */
export class LaneWorker<Report, Leased extends LeasedLane = LeasedLane> {
  private readonly running = new Map<string, LaneUnderWay>();
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
      const lookedAt = this.options.now();
      const places = placesFor([...this.running.values()], this.options, lookedAt);
      const leased = await this.lease(places);
      for (const lane of leased) this.begin(lane);
      if (leased.length === 0) await this.pause(places, lookedAt);
    }
  }

  private async lease(places: LanePlaces): Promise<Leased[]> {
    if (places.due + places.answering + places.down === 0) return [];
    try {
      return await this.store.lease(places);
    } catch (error) {
      this.options.onFailed(error);
      return [];
    }
  }

  private begin(leased: Leased): void {
    const done = this.work(leased)
      .catch((error: unknown) => this.options.onFailed(error))
      .finally(() => {
        this.running.delete(leased.id);
        this.wake();
      });
    this.running.set(leased.id, { down: isDown(leased.lane), startedAt: this.options.now(), done });
  }

  private async work(leased: Leased): Promise<void> {
    const { send, now, chance, maxInFlight, startWithinMs } = this.options;
    const startUntil = now() + startWithinMs;
    const result = await runLane(leased, { send, now, chance, maxInFlight, startUntil });
    await this.store.settle(leased, result);
  }

  /** Until somebody wakes the worker, a lane becomes due, or a place becomes free for one that is due already. */
  private async pause({ due }: LanePlaces, lookedAt: number): Promise<void> {
    if (this.woken || this.stopped) return;
    const { now, idleMs } = this.options;
    const dueAt = await this.store.nextDueAt(lookedAt).catch(() => null);
    const placeAt = due > 0 ? Infinity : nextPlaceAt([...this.running.values()], this.options, now());
    const waitMs = Math.max(0, Math.min(idleMs, Math.min(dueAt ?? Infinity, placeAt) - now()));
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
