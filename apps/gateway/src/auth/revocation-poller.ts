import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { formatInstant, keysEndedSince } from '#contracts';
import { Rpc } from '#messaging';
import { ApiKeyCache, SignInCache } from './api-key-cache.js';

/** Two of these and a request's way there and back fit into the second after which a revoked key must be dead. */
const pollEveryMs = 350;
const pollTimeoutMs = 1_000;

/**
 * Asks again and again which keys were revoked and which sign-ins have ended, since the event can be lost: with a broker that restarts, a connection
 * that drops, a subscriber that was too slow. While accounts is unavailable no key can be revoked either, and it names
 * what was revoked before once it answers again.
 */
@Injectable()
export class RevocationPoller implements OnModuleInit, OnModuleDestroy {
  private since = formatInstant(new Date());
  private timer: NodeJS.Timeout | undefined;
  private polling = false;

  constructor(
    private readonly rpc: Rpc,
    private readonly cache: ApiKeyCache,
    private readonly signIns: SignInCache,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.poll(), pollEveryMs);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async poll(): Promise<void> {
    if (this.polling) return;
    this.polling = true;
    try {
      const { keys, complete, signInIds, asOf } = await this.rpc.ask(
        keysEndedSince,
        { since: this.since },
        pollTimeoutMs,
      );
      if (!complete) this.cache.clear();
      for (const { keyHash, keyId } of keys) this.cache.revoke(keyHash, keyId, Date.now());
      if (signInIds === null) this.signIns.clear();
      for (const id of signInIds ?? []) this.signIns.revokeById(id, Date.now());
      this.since = asOf;
    } catch {
      // The next poll asks from the same time on, and readiness reports a service that stays away.
    } finally {
      this.polling = false;
    }
  }
}
