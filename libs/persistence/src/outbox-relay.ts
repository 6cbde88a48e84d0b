import type { DataSource } from 'typeorm';

/** Hands events to the broker; answers with the ids it acknowledged. */
export type Publish = (events: { id: string; subject: string; payload: string }[]) => Promise<string[]>;

/** Rows taken, published and marked together. */
const batchSize = 500;
/** Without a wake-up the outbox is looked at this often: rows of a process that died are found by the others. */
const sweepMs = 1_000;
const pauseAfterFailureMs = 500;

/**
 * Publishes the outbox: takes waiting rows (SKIP LOCKED, so replicas share the work), publishes them pipelined and
 * marks what the broker acknowledged. A crash between publish and mark publishes twice, which consumers ignore.
 */
export class OutboxRelay {
  private stopped = false;
  private working: Promise<void> | undefined;
  private again = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly publish: Publish,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.wake(), sweepMs);
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

  /** Publishes what is there once more, then rests. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
    this.stopped = true;
    await this.publishSome().catch(this.onFailure);
  }

  private async work(): Promise<void> {
    do {
      this.again = false;
      try {
        while ((await this.publishSome()) === batchSize && !this.stopped);
      } catch (error) {
        this.onFailure(error);
        await new Promise((resolve) => setTimeout(resolve, pauseAfterFailureMs));
      }
    } while (this.again && !this.stopped);
  }

  /** @returns how many rows were published */
  private async publishSome(): Promise<number> {
    const { taken, acknowledged } = await this.dataSource.transaction(async (manager) => {
      const rows = (await manager.query(
        `SELECT id, subject, payload FROM outbox WHERE published_at IS NULL
          ORDER BY id LIMIT ${batchSize} FOR UPDATE SKIP LOCKED`,
      )) as { id: string; subject: string; payload: string }[];
      if (rows.length === 0) return { taken: 0, acknowledged: 0 };
      const ids = await this.publish(rows);
      await manager.query('UPDATE outbox SET published_at = now() WHERE id = ANY($1::uuid[])', [ids]);
      return { taken: rows.length, acknowledged: ids.length };
    });
    if (acknowledged < taken)
      throw new Error(`The broker acknowledged ${acknowledged} of ${taken} events; trying again.`);
    return taken;
  }
}
