import { formatInstant, noteKeysUsed } from '#contracts';
import type { Rpc } from '#messaging';

/** A key's use is told to accounts once in this time at most, in milliseconds. */
const onceInMs = 60_000;
/** What was seen is told this often, for all keys together, in milliseconds. */
const tellEveryMs = 5_000;
/** Keys in one message at most; its contract takes no more. */
const batchLimit = 5_000;
const keysRemembered = 200_000;

/** Notes when keys are used, so that people see which key nobody needs any more. A lost note does no harm. */
export class KeyUse {
  private readonly toldAtMs = new Map<string, number>();
  private readonly waiting = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly rpc: Rpc) {}

  start(): void {
    this.timer = setInterval(() => void this.tell(), tellEveryMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.tell();
  }

  saw(keyId: string, nowMs: number): void {
    if (nowMs - (this.toldAtMs.get(keyId) ?? -Infinity) < onceInMs) return;
    if (this.toldAtMs.size >= keysRemembered) this.toldAtMs.clear();
    this.toldAtMs.set(keyId, nowMs);
    this.waiting.set(keyId, nowMs);
  }

  private async tell(): Promise<void> {
    const batch = [...this.waiting].slice(0, batchLimit);
    if (batch.length === 0) return;
    for (const [keyId] of batch) this.waiting.delete(keyId);
    const keys = batch.map(([keyId, atMs]) => ({ keyId, usedAt: formatInstant(new Date(atMs)) }));
    await this.rpc.ask(noteKeysUsed, { keys }).catch(() => this.forget(keys));
  }

  /** What could not be told is told with the next use. */
  private forget(keys: { keyId: string }[]): void {
    for (const { keyId } of keys) this.toldAtMs.delete(keyId);
  }
}
