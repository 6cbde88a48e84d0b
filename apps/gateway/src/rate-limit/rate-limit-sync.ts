import { publish, subscribe, type Broker } from '#messaging';
import type { TokenBuckets } from './token-buckets.js';

/** What one gateway let in during the last moment: the others take it out of their buckets as well. */
interface SpentTokens {
  from: string;
  limit: string;
  spent: [string, number][];
}

const subject = 'edge.spending.v1';
/** Replicas are behind each other by this much: what a caller can gain by asking all of them at once. */
const publishEveryMs = 100;
/** Callers in one message, far below what a message may hold. */
const maxCallersInMessage = 2_000;

/** Shares the buckets among the replicas of the gateway. While the broker is away each counts for itself. */
export class RateLimitSync {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly broker: Broker,
    /** Tells this process from others. */
    private readonly from: string,
    private readonly limits: Readonly<Record<string, TokenBuckets>>,
  ) {}

  async start(onUnreadable: (error: unknown) => void): Promise<void> {
    await subscribe(
      this.broker,
      subject,
      (message) => this.receive(message as unknown as SpentTokens),
      onUnreadable,
    );
    this.timer = setInterval(() => this.publish(), publishEveryMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private publish(): void {
    for (const [limit, buckets] of Object.entries(this.limits)) {
      const all = buckets.takeSpent();
      for (let at = 0; at < all.length; at += maxCallersInMessage) {
        const spent = all.slice(at, at + maxCallersInMessage);
        publish(this.broker, subject, { from: this.from, limit, spent } satisfies SpentTokens);
      }
    }
  }

  private receive({ from, limit, spent }: SpentTokens): void {
    if (from === this.from) return;
    const buckets = this.limits[limit];
    for (const [caller, tokens] of spent) buckets?.spendRemotely(caller, tokens, Date.now());
  }
}
