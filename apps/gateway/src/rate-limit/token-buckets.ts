import { LRUCache } from 'lru-cache';

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** The state of one bucket after a request. */
export interface BucketState {
  /** Whole seconds until the next request is let in; 0 where this one was. */
  waitSeconds: number;
  /** Requests that would be let in now. */
  left: number;
  /** Whole seconds until the bucket is full again. */
  fullInSeconds: number;
}

/**
 * One token bucket a caller: a minute's worth at once, then refilled evenly. Bounded: the least recently seen caller is
 * forgotten first, which can only give it more.
 */
export class TokenBuckets {
  private readonly buckets: LRUCache<string, Bucket>;
  private readonly tokensPerMs: number;
  private spent = new Map<string, number>();

  /** @param perMinute requests a minute and caller, 0 for no limit */
  constructor(
    readonly perMinute: number,
    maxCallers = 100_000,
  ) {
    // Counted as sizes: with `max` the cache takes the memory of all its entries at once.
    this.buckets = new LRUCache({ maxSize: maxCallers, sizeCalculation: () => 1 });
    this.tokensPerMs = perMinute / 60_000;
  }

  /** Takes one token, where there is one. */
  take(caller: string, nowMs: number): BucketState {
    const bucket = this.filled(caller, nowMs);
    const isThere = bucket.tokens >= 1;
    if (isThere) {
      bucket.tokens -= 1;
      this.spent.set(caller, (this.spent.get(caller) ?? 0) + 1);
    }
    return {
      waitSeconds: isThere ? 0 : this.secondsFor(1 - bucket.tokens),
      left: Math.max(0, Math.floor(bucket.tokens)),
      fullInSeconds: this.secondsFor(this.perMinute - bucket.tokens),
    };
  }

  /** What another process let in. A bucket can owe as much as it holds: so two processes together keep to the rate. */
  spendRemotely(caller: string, tokens: number, nowMs: number): void {
    const bucket = this.filled(caller, nowMs);
    bucket.tokens = Math.max(-this.perMinute, bucket.tokens - tokens);
  }

  /** What was let in here since the last call, by caller. */
  takeSpent(): [string, number][] {
    if (this.spent.size === 0) return [];
    const { spent } = this;
    this.spent = new Map();
    return [...spent];
  }

  private secondsFor(tokens: number): number {
    return Math.ceil(tokens / this.tokensPerMs / 1_000);
  }

  private filled(caller: string, nowMs: number): Bucket {
    const bucket = this.buckets.get(caller) ?? { tokens: this.perMinute, filledAtMs: nowMs };
    const elapsedMs = Math.max(0, nowMs - bucket.filledAtMs);
    bucket.tokens = Math.min(this.perMinute, bucket.tokens + elapsedMs * this.tokensPerMs);
    bucket.filledAtMs = nowMs;
    this.buckets.set(caller, bucket);
    return bucket;
  }
}
