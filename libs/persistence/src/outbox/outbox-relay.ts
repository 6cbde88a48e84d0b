/** A row of the outbox that waits for the stream. */
export interface OutboxRow {
  id: string;
  subject: string;
  payload: string;
}

/** What the stream acknowledged: the event, and where it lies. */
export interface Acknowledged {
  id: string;
  seq: number;
}

/** Hands events to the broker; answers with those it acknowledged. */
export type Publish = (events: OutboxRow[]) => Promise<Acknowledged[]>;

/** Waiting rows within one transaction: taken rows are nobody else's until it ends. */
export interface OutboxBatch {
  take: (limit: number) => Promise<OutboxRow[]>;
  mark: (acknowledged: Acknowledged[]) => Promise<void>;
}

export interface Outbox {
  inTransaction: <T>(work: (batch: OutboxBatch) => Promise<T>) => Promise<T>;
}

/** Time, as the relay needs it: a simulation brings its own. */
export interface RelayClock {
  /** Calls back again and again until the answer is called. */
  every: (ms: number, work: () => void) => () => void;
  sleep: (ms: number) => Promise<void>;
}

/** Rows taken, published and marked together. */
export const relayBatchSize = 500;
/** Rounds side by side while there is a backlog: one publishes while another one reads and marks. */
const lanes = 2;
/** Without a wake-up the outbox is looked at this often: rows of a process that died are found by the others. */
const sweepMs = 1_000;
/**
 * Commits that come while a round is under way are collected this long, in milliseconds: in a rush a round with many
 * rows costs little more than one with few. A commit that finds the relay at rest waits for nothing.
 */
const collectMs = 40;
/** Waits after failures in a row, in milliseconds; the last one repeats. */
const pausesMs = [100, 250, 500, 1_000, 2_000];

const systemClock: RelayClock = {
  every: (ms, work) => {
    const timer = setInterval(work, ms);
    return () => clearInterval(timer);
  },
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * Takes waiting rows, publishes them, and marks what the broker acknowledged, in this order: a crash between publish
 * and mark publishes twice, which consumers ignore; the other way round it would lose the event.
 * @returns how many rows were taken
 * @throws when the broker did not acknowledge all of them; those stay and are taken again
 */
export async function relayRound(outbox: Outbox, publish: Publish): Promise<number> {
  const { taken, acknowledged } = await outbox.inTransaction(async (batch) => {
    const rows = await batch.take(relayBatchSize);
    if (rows.length === 0) return { taken: 0, acknowledged: 0 };
    const acks = await publish(rows);
    if (acks.length > 0) await batch.mark(acks);
    return { taken: rows.length, acknowledged: acks.length };
  });
  if (acknowledged < taken)
    throw new Error(`The broker acknowledged ${acknowledged} of ${taken} events; trying again.`);
  return taken;
}

/** Publishes the outbox: woken after each commit that left events, and by a sweep. Replicas share the work. */
export class OutboxRelay {
  private stopped = false;
  private working: Promise<void> | undefined;
  private again = false;
  private failures = 0;
  private stopSweep: () => void = () => undefined;

  constructor(
    private readonly outbox: Outbox,
    private readonly publish: Publish,
    private readonly on: { failure: (error: unknown) => void; recovery: () => void },
    private readonly clock: RelayClock = systemClock,
  ) {}

  start(): void {
    this.stopSweep = this.clock.every(sweepMs, () => this.wake());
    this.wake();
  }

  /** Called after each commit that left events; a relay at work looks again when it is done. */
  wake(): void {
    if (this.stopped) return;
    if (this.working !== undefined) {
      this.again = true;
      return;
    }
    this.working = this.work().finally(() => {
      this.working = undefined;
    });
  }

  /** Publishes all that waits now. Resolves when a round found less than it could take, or failed. */
  async emptied(): Promise<void> {
    this.wake();
    await this.working;
  }

  /** Publishes what is there once more, then rests. */
  async stop(): Promise<void> {
    this.stopSweep();
    this.stopped = true;
    await this.working;
    await relayRound(this.outbox, this.publish).catch(this.on.failure);
  }

  private async work(): Promise<void> {
    do {
      if (this.again) await this.clock.sleep(collectMs);
      this.again = false;
      try {
        await this.empty();
        if (this.failures > 0) this.on.recovery();
        this.failures = 0;
      } catch (error) {
        this.on.failure(error);
        const pauseMs = pausesMs[Math.min(this.failures, pausesMs.length - 1)] ?? 0;
        this.failures += 1;
        await this.clock.sleep(pauseMs);
      }
    } while (this.again && !this.stopped);
  }

  /** One round is enough for what a commit left; full rounds say that there is more. */
  private async empty(): Promise<void> {
    let taken = await relayRound(this.outbox, this.publish);
    while (taken >= relayBatchSize && !this.stopped) {
      const rounds = Array.from({ length: lanes }, () => relayRound(this.outbox, this.publish));
      const ended = await Promise.allSettled(rounds);
      const failed = ended.find((round) => round.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      taken = Math.max(...ended.map((round) => (round.status === 'fulfilled' ? round.value : 0)));
    }
  }
}
