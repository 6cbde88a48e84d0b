export const familyPerMinute = 30;
const minPerMinute = 1;
const growth = 1.1;
const minuteMs = 60_000;
/** A provider that said "too often" is left alone for this long. */
const restMs = 60_000;

interface Bucket {
  perMinute: number;
  readonly mostPerMinute: number;
  tokens: number;
  at: number;
  restUntil: number;
}

/**
 * How often each provider, and the account as a whole, is written to. A refusal for frequency halves the rate and lets the
 * provider rest; it grows again by a tenth a minute.
 */
export class Throttle {
  private readonly buckets = new Map<string, Bucket>();
  private readonly account: Bucket;

  constructor(
    accountPerMinute: number | undefined,
    private readonly now: () => number,
  ) {
    this.account = this.bucket(accountPerMinute ?? Infinity);
  }

  /** Milliseconds until a mail to this provider may go, 0 where it may now; then it counts. */
  take(key: string, isFamily: boolean): number {
    const bucket = this.of(key, isFamily);
    const waitMs = Math.max(this.waitMs(bucket), this.waitMs(this.account));
    if (waitMs > 0) return waitMs;
    bucket.tokens -= 1;
    this.account.tokens -= 1;
    return 0;
  }

  /** Providers to which nothing may go now. */
  resting(): string[] {
    return [...this.buckets].flatMap(([key, bucket]) => (this.waitMs(bucket) > 0 ? [key] : []));
  }

  refused(key: string, isFamily: boolean): void {
    const bucket = this.of(key, isFamily);
    const rate = Number.isFinite(bucket.perMinute) ? bucket.perMinute : familyPerMinute * 2;
    bucket.perMinute = Math.max(minPerMinute, rate / 2);
    bucket.tokens = 0;
    bucket.at = this.now() + restMs;
    bucket.restUntil = this.now() + restMs;
  }

  private of(key: string, isFamily: boolean): Bucket {
    const known = this.buckets.get(key);
    if (known !== undefined) return known;
    const made = this.bucket(isFamily ? familyPerMinute : Infinity);
    this.buckets.set(key, made);
    return made;
  }

  private bucket(perMinute: number): Bucket {
    return { perMinute, mostPerMinute: perMinute, tokens: perMinute, at: this.now(), restUntil: 0 };
  }

  private waitMs(bucket: Bucket): number {
    const now = this.now();
    if (bucket.restUntil > now) return bucket.restUntil - now;
    const minutes = Math.max(0, now - bucket.at) / minuteMs;
    if (minutes > 0) {
      bucket.tokens = Math.min(bucket.perMinute, bucket.tokens + minutes * bucket.perMinute);
      bucket.perMinute = Math.min(bucket.mostPerMinute, bucket.perMinute * growth ** minutes);
      bucket.at = now;
    }
    if (bucket.perMinute === Infinity || bucket.tokens >= 1) return 0;
    return Math.ceil(((1 - bucket.tokens) / bucket.perMinute) * minuteMs);
  }
}
