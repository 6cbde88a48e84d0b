import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Broker, publish, subscribe } from '#messaging';
import { LOGGER, type Logger } from '#service';
import { StreamCounts } from './stream-counts.js';

const subject = 'edge.streams.v1';
/** Counts are shown this often, and soon after a change. */
const showEveryMs = 1_000;
const showChangesAfterMs = 20;

interface ShownCounts {
  readonly from: string;
  readonly counts: [string, number][];
}

/** Shares the counts among the replicas of the gateway. While the broker is away each counts for itself. */
@Injectable()
export class StreamCountsSync implements OnModuleInit, OnModuleDestroy {
  readonly counts = new StreamCounts();
  private readonly from = randomUUID();
  private timer: NodeJS.Timeout | undefined;
  private soon: NodeJS.Timeout | undefined;
  private wasEmpty = true;

  constructor(
    private readonly broker: Broker,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    await subscribe(
      this.broker,
      subject,
      (message) => this.receive(message as unknown as ShownCounts),
      (error) => this.logger.warn({ err: error }, 'unreadable counts of event streams'),
    );
    this.timer = setInterval(() => this.show(), showEveryMs);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    clearTimeout(this.soon);
  }

  add(key: string): void {
    this.counts.add(key);
    this.showSoon();
  }

  remove(key: string): void {
    this.counts.remove(key);
    this.showSoon();
  }

  private showSoon(): void {
    this.soon ??= setTimeout(() => this.show(), showChangesAfterMs);
  }

  private show(): void {
    clearTimeout(this.soon);
    this.soon = undefined;
    const counts = this.counts.shown();
    if (counts.length === 0 && this.wasEmpty) return;
    this.wasEmpty = counts.length === 0;
    publish(this.broker, subject, { from: this.from, counts } satisfies ShownCounts);
  }

  private receive({ from, counts }: ShownCounts): void {
    if (from !== this.from) this.counts.remember(from, counts, Date.now());
  }
}
