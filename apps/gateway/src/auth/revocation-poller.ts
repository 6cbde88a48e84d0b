import { formatInstant, keysEndedSince } from '#contracts';
import type { Rpc } from '#messaging';
import type { ApiKeyCache } from './api-key-cache.js';

/** Two of these and a question's way there and back fit into the second after which an ended key must be dead. */
const pollEveryMs = 350;
const pollTimeoutMs = 1_000;

/**
 * Asks again and again which keys ended, since the event that says so can be lost: with a broker that restarts, with a
 * connection that drops, or with a subscriber that was too slow. While accounts does not answer no key can be ended
 * either, and what ended before is told once it answers again.
 */
export class RevocationPoller {
  private since = formatInstant(new Date());
  private timer: NodeJS.Timeout | undefined;
  private polling = false;

  constructor(
    private readonly rpc: Rpc,
    private readonly cache: ApiKeyCache,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.poll(), pollEveryMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async poll(): Promise<void> {
    if (this.polling) return;
    this.polling = true;
    try {
      const { keyHashes, keyIds, complete, asOf } = await this.rpc.ask(
        keysEndedSince,
        { since: this.since },
        pollTimeoutMs,
      );
      if (!complete) this.cache.clear();
      for (const [index, hash] of keyHashes.entries()) this.cache.revoke(hash, keyIds?.[index], Date.now());
      this.since = asOf;
    } catch {
      // The next question asks for the same time, and readiness tells of a service that stays away.
    } finally {
      this.polling = false;
    }
  }
}
