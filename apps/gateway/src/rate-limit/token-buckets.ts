interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/**
 * One token bucket a caller: a minute's worth at once, then refilled evenly. Bounded: the caller first seen longest
 * ago is forgotten first, which can only give it more.
 */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();
  private readonly tokensPerMs: number;

  /** @param perMinute requests a minute and caller, 0 for no limit */
  constructor(
    private readonly perMinute: number,
    private readonly callersAtMost = 100_000,
  ) {
    this.tokensPerMs = perMinute / 60_000;
  }

  /** Takes one token. @returns 0 when there was one, else the whole seconds until there is */
  take(caller: string, nowMs: number): number {
    if (this.perMinute === 0) return 0;
    const bucket = this.bucketOf(caller, nowMs);
    const elapsedMs = Math.max(0, nowMs - bucket.filledAtMs);
    bucket.tokens = Math.min(this.perMinute, bucket.tokens + elapsedMs * this.tokensPerMs);
    bucket.filledAtMs = nowMs;
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / this.tokensPerMs / 1_000);
    bucket.tokens -= 1;
    return 0;
  }

  private bucketOf(caller: string, nowMs: number): Bucket {
    const known = this.buckets.get(caller);
    if (known !== undefined) return known;
    const bucket = { tokens: this.perMinute, filledAtMs: nowMs };
    this.buckets.set(caller, bucket);
    if (this.buckets.size > this.callersAtMost) {
      for (const oldest of this.buckets.keys()) {
        this.buckets.delete(oldest);
        break;
      }
    }
    return bucket;
  }
}
