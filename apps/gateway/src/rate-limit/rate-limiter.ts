import { Inject, Injectable } from '@nestjs/common';
import { Problem, type Caller } from '#contracts';
import { CONFIG } from '#service';
import type { GatewayConfig } from '../config.js';
import { TokenBuckets } from './token-buckets.js';

/** Holds each caller to its share. The buckets are this process's own; replicas would share them from here. */
@Injectable()
export class RateLimiter {
  private readonly buckets: TokenBuckets;

  constructor(@Inject(CONFIG) config: Pick<GatewayConfig, 'RATE_LIMIT_PER_MINUTE'>) {
    this.buckets = new TokenBuckets(config.RATE_LIMIT_PER_MINUTE);
  }

  /**
   * Counts one request against its key, or against its address where there is none.
   * @throws Problem `rate.limited` with the seconds to wait
   */
  admit(caller: Caller | null, address: string): void {
    const keyId = caller?.keyId ?? null;
    const wait = this.buckets.take(keyId === null ? `address:${address}` : `key:${keyId}`, Date.now());
    if (wait === 0) return;
    throw new Problem('rate.limited', `Too many requests. The next one is welcome in ${wait} s.`, {
      retryAfterSeconds: wait,
    });
  }
}
