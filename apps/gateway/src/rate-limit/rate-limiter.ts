import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Problem, callerId, type Caller } from '#contracts';
import { Broker } from '#messaging';
import { CONFIG, LOGGER, type Logger } from '#service';
import type { GatewayConfig } from '../config.js';
import type { HeaderList } from '../http/headers.js';
import { countedAddress } from './address.js';
import { RateLimitSync } from './rate-limit-sync.js';
import { TokenBuckets, type BucketState } from './token-buckets.js';

/** What a limit means for one request. */
export interface RateLimitResult {
  headers: HeaderList;
  /** Set where the request is one too many. */
  refusal?: Problem;
}

/** Checks of verification codes by one address. */
const verificationsPerMinute = 30;

const unlimited: RateLimitResult = { headers: [] };

/**
 * Applies the limits, counted over all replicas of the gateway. An address is limited for requests without a key or
 * with a wrong one; for requests with keys only where that is configured, since a whole town of companies may share an
 * address.
 */
@Injectable()
export class RateLimiter implements OnModuleInit, OnModuleDestroy {
  private readonly requests: TokenBuckets;
  private readonly signUps: TokenBuckets;
  private readonly verifications: TokenBuckets;
  private readonly addresses: TokenBuckets;
  private readonly sync: RateLimitSync;

  constructor(
    broker: Broker,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.requests = new TokenBuckets(config.RATE_LIMIT_PER_MINUTE);
    this.signUps = new TokenBuckets(config.SIGN_UP_LIMIT_PER_MINUTE ?? config.RATE_LIMIT_PER_MINUTE);
    const isUnlimited = config.RATE_LIMIT_PER_MINUTE === 0;
    this.verifications = new TokenBuckets(isUnlimited ? 0 : verificationsPerMinute);
    this.addresses = new TokenBuckets(config.ADDRESS_LIMIT_PER_MINUTE);
    const limits = {
      requests: this.requests,
      signUps: this.signUps,
      verifications: this.verifications,
      addresses: this.addresses,
    };
    this.sync = new RateLimitSync(broker, randomUUID(), limits);
  }

  async onModuleInit(): Promise<void> {
    const all = [this.requests, this.signUps, this.verifications, this.addresses];
    if (all.every((buckets) => buckets.perMinute === 0)) return;
    await this.sync.start((error) => this.logger.warn({ err: error }, 'unreadable rate-limit message'));
  }

  onModuleDestroy(): void {
    this.sync.stop();
  }

  /** Counts one request against its person or key, or its address where there is none; and against its address anyway. */
  check(caller: Caller | null, address: string): RateLimitResult {
    const id = caller && callerId(caller);
    const name = () => id ?? countedAddress(address);
    return this.withAddressLimit(take('requests', this.requests, name), address);
  }

  /** Counts a company's sign-up, which anybody may send, against its address alone. */
  checkSignUp(address: string): RateLimitResult {
    return this.withAddressLimit(
      take('sign-ups', this.signUps, () => countedAddress(address)),
      address,
    );
  }

  /** Counts the check of a code against its address alone, with or without a key: codes must not be found by trying. */
  checkVerification(address: string): RateLimitResult {
    return this.withAddressLimit(
      take('verifications', this.verifications, () => countedAddress(address)),
      address,
    );
  }

  private withAddressLimit(result: RateLimitResult, address: string): RateLimitResult {
    if (this.addresses.perMinute === 0 || result.refusal !== undefined) return result;
    const byAddress = take('address', this.addresses, () => countedAddress(address));
    return byAddress.refusal === undefined ? result : byAddress;
  }
}

/** @param caller asked only where there is a limit */
function take(policy: string, buckets: TokenBuckets, caller: () => string): RateLimitResult {
  if (buckets.perMinute === 0) return unlimited;
  const state = buckets.take(caller(), Date.now());
  const headers = rateLimitHeaders(policy, buckets.perMinute, state);
  const { waitSeconds } = state;
  if (waitSeconds === 0) return { headers };
  const detail = `Too many requests. Retry in ${waitSeconds} ${waitSeconds === 1 ? 'second' : 'seconds'}.`;
  return { headers, refusal: new Problem('rate.limited', detail, { retryAfterSeconds: waitSeconds }) };
}

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ (draft 10) */
function rateLimitHeaders(
  policy: string,
  perMinute: number,
  { left, waitSeconds, fullInSeconds }: BucketState,
): HeaderList {
  const seconds = left === 0 && waitSeconds > 0 ? waitSeconds : fullInSeconds;
  return [
    'ratelimit-policy',
    `"${policy}";q=${perMinute};w=60`,
    'ratelimit',
    `"${policy}";r=${left};t=${seconds}`,
  ];
}
