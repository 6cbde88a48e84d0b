import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { formatInstant, noteKeysUsed } from '#contracts';
import { Rpc } from '#messaging';

/** Accounts learns of a key's use once in this time at most. */
const reportAgainAfterMs = 60_000;
/** Uses of all keys are reported together, this often. */
const flushEveryMs = 5_000;
/** Keys in one message; its contract takes no more. */
const maxBatch = 5_000;
const maxRemembered = 200_000;

/** Records when keys are used, so that people see which key is not needed any more. A lost record does no harm. */
@Injectable()
export class LastUsedRecorder implements OnModuleInit, OnModuleDestroy {
  /** Counted as sizes: with `max` the cache takes the memory of all its entries at once. */
  private readonly reportedAtMs = new LRUCache<string, number>({
    maxSize: maxRemembered,
    sizeCalculation: () => 1,
  });
  private readonly pending = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly rpc: Rpc) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.flush(), flushEveryMs);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  record(keyId: string, nowMs: number): void {
    if (nowMs - (this.reportedAtMs.get(keyId) ?? -Infinity) < reportAgainAfterMs) return;
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

  /** What could not be reported is reported with the next use. */
  private forget(keys: { keyId: string }[]): void {
    for (const { keyId } of keys) this.reportedAtMs.delete(keyId);
  }
}
