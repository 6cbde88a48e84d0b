import { formatInstant, noteKeysUsed } from '#contracts';
import type { Rpc } from '#messaging';

/** A key's use is told to accounts once in this time at most, in milliseconds. */
const reportAgainAfterMs = 60_000;
/** What was seen is told this often, for all keys together, in milliseconds. */
const flushEveryMs = 5_000;
/** Keys in one message at most; its contract takes no more. */
const maxBatch = 5_000;
const maxRemembered = 200_000;

/** Notes when keys are used, so that people see which key nobody needs any more. A lost note does no harm. */
export class LastUsedRecorder {
  private readonly reportedAtMs = new Map<string, number>();
  private readonly pending = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly rpc: Rpc) {}

  start(): void {
    this.timer = setInterval(() => void this.flush(), flushEveryMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  record(keyId: string, nowMs: number): void {
    if (nowMs - (this.reportedAtMs.get(keyId) ?? -Infinity) < reportAgainAfterMs) return;
    if (this.reportedAtMs.size >= maxRemembered) this.reportedAtMs.clear();
    this.reportedAtMs.set(keyId, nowMs);
    this.pending.set(keyId, nowMs);
  }

  private async flush(): Promise<void> {
    const batch = [...this.pending].slice(0, maxBatch);
    if (batch.length === 0) return;
    for (const [keyId] of batch) this.pending.delete(keyId);
    const keys = batch.map(([keyId, atMs]) => ({ keyId, usedAt: formatInstant(new Date(atMs)) }));
    await this.rpc.ask(noteKeysUsed, { keys }).catch(() => this.forget(keys));
  }

  /** What could not be told is told with the next use. */
  private forget(keys: { keyId: string }[]): void {
    for (const { keyId } of keys) this.reportedAtMs.delete(keyId);
  }
}
