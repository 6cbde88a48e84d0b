import { formatInstant, keysEndedSince } from '#contracts';
import type { Rpc } from '#messaging';
import type { KeyRing } from './key-ring.js';

/** Two of these and a question's way there and back fit into the second after which an ended key must be dead. */
const everyMs = 350;
const patienceMs = 1_000;

/**
 * Asks again and again which keys ended, since the event that says so can be lost: with a broker that restarts, with a
 * connection that drops, or with a subscriber that was too slow. While accounts does not answer no key can be ended
 * either, and what ended before is told once it answers again.
 */
export class EndedKeys {
  private since = formatInstant(new Date());
  private timer: NodeJS.Timeout | undefined;
  private asking = false;

  constructor(
    private readonly rpc: Rpc,
    private readonly ring: KeyRing,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.ask(), everyMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async ask(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      const { keyHashes, keyIds, complete, asOf } = await this.rpc.ask(
        keysEndedSince,
        { since: this.since },
        patienceMs,
      );
      if (!complete) this.ring.clear();
      for (const [index, hash] of keyHashes.entries()) this.ring.end(hash, keyIds?.[index], Date.now());
      this.since = asOf;
    } catch {
      // The next question asks for the same time, and readiness tells of a service that stays away.
    } finally {
      this.asking = false;
    }
  }
}
