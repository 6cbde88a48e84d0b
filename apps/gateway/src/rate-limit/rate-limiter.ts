import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Problem, type Caller } from '#contracts';
import { Broker } from '#messaging';
import { CONFIG, LOGGER, type Logger } from '#service';
import type { GatewayConfig } from '../config.js';
import { countedAddress } from './address.js';
import { RateLimitSync } from './rate-limit-sync.js';
import { TokenBuckets, type BucketState } from './token-buckets.js';

type Limits = Pick<
  GatewayConfig,
  'RATE_LIMIT_PER_MINUTE' | 'SIGN_UP_LIMIT_PER_MINUTE' | 'ADDRESS_LIMIT_PER_MINUTE'
>;

/** What a limit says to one request. */
export interface RateLimitResult {
  /** Headers of the answer: name, value, name, value. */
  headers: readonly string[];
  /** Set where the request is one too many. */
  refusal?: Problem;
}

const unlimited: RateLimitResult = { headers: [] };

/**
 * Holds each caller to its share, counted over all replicas of the gateway. An address is held to one for what comes
 * without a key or with a wrong one; for what comes with keys only where it is told to, since a whole town of companies
 * may come from one address.
 */
@Injectable()
export class RateLimiter implements OnModuleInit, OnModuleDestroy {
  private readonly requests: TokenBuckets;
  private readonly signUps: TokenBuckets;
  private readonly addresses: TokenBuckets;
  private readonly sync: RateLimitSync;

  constructor(
    @Inject(CONFIG) config: Limits,
    @Inject(Broker) broker: Broker,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.requests = new TokenBuckets(config.RATE_LIMIT_PER_MINUTE);
    this.signUps = new TokenBuckets(config.SIGN_UP_LIMIT_PER_MINUTE ?? config.RATE_LIMIT_PER_MINUTE);
    this.addresses = new TokenBuckets(config.ADDRESS_LIMIT_PER_MINUTE);
    const limits = { requests: this.requests, signUps: this.signUps, addresses: this.addresses };
    this.sync = new RateLimitSync(broker, randomUUID(), limits);
  }

  async onModuleInit(): Promise<void> {
    const all = [this.requests, this.signUps, this.addresses];
    if (all.every((buckets) => buckets.perMinute === 0)) return;
    await this.sync.start((error) => this.logger.warn({ err: error }, 'what a replica let in is unreadable'));
  }

  onModuleDestroy(): void {
    this.sync.stop();
  }

  /** Counts one request against its key, or against its address where there is none; and against its address anyway. */
  check(caller: Caller | null, address: string): RateLimitResult {
    const keyId = caller?.keyId ?? null;
    const verdict = count('requests', this.requests, keyId === null ? countedAddress(address) : keyId);
    return this.withAddressLimit(verdict, address);
  }

  /** Counts a company's sign-up, which anybody may send, against its address alone. */
  checkSignUp(address: string): RateLimitResult {
    return this.withAddressLimit(count('sign-ups', this.signUps, countedAddress(address)), address);
  }

  private withAddressLimit(verdict: RateLimitResult, address: string): RateLimitResult {
    if (this.addresses.perMinute === 0 || verdict.refusal !== undefined) return verdict;
    const byAddress = count('address', this.addresses, countedAddress(address));
    return byAddress.refusal === undefined ? verdict : byAddress;
  }
}

function count(policy: string, buckets: TokenBuckets, caller: string): RateLimitResult {
  if (buckets.perMinute === 0) return unlimited;
  const standing = buckets.take(caller, Date.now());
  const headers = rateLimitHeaders(policy, buckets.perMinute, standing);
  const { waitSeconds } = standing;
  if (waitSeconds === 0) return { headers };
  const detail = `Too many requests. The next one is welcome in ${waitSeconds} s.`;
  return { headers, refusal: new Problem('rate.limited', detail, { retryAfterSeconds: waitSeconds }) };
}

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ (draft 10) */
function rateLimitHeaders(
  policy: string,
  perMinute: number,
  { left, waitSeconds, fullInSeconds }: BucketState,
): string[] {
  const seconds = left === 0 && waitSeconds > 0 ? waitSeconds : fullInSeconds;
  return [
    'ratelimit-policy',
    `"${policy}";q=${perMinute};w=60`,
    'ratelimit',
    `"${policy}";r=${left};t=${seconds}`,
  ];
}
