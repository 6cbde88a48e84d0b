/** Streams of one key at most. */
export const maxStreamsOfKey = 5;
/** Streams of one gateway at most. */
export const maxStreams = 2_000;
/**
 * What another gateway said is forgotten after this: before readers of one that was killed come back, who have waited as
 * long as `retry` says.
 */
const rememberedForMs = 2_500;

interface Remote {
  readonly atMs: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** How many streams each key has, here and at the other gateways. */
export class StreamCounts {
  private readonly own = new Map<string, number>();
  private readonly remote = new Map<string, Remote>();
  private sum = 0;

  get total(): number {
    return this.sum;
  }

  add(key: string): void {
    this.own.set(key, (this.own.get(key) ?? 0) + 1);
    this.sum += 1;
  }

  remove(key: string): void {
    const left = (this.own.get(key) ?? 0) - 1;
    if (left > 0) this.own.set(key, left);
    else this.own.delete(key);
    this.sum -= 1;
  }

  of(key: string, nowMs: number): number {
    let count = this.own.get(key) ?? 0;
    for (const [from, { atMs, counts }] of this.remote) {
      if (nowMs - atMs > rememberedForMs) this.remote.delete(from);
      else count += counts.get(key) ?? 0;
    }
    return count;
  }

  /** All own counts, for the other gateways. */
  shown(): [string, number][] {
    return [...this.own];
  }

  /** Takes in what another gateway shows, in place of what it showed before. */
  remember(from: string, counts: readonly (readonly [string, number])[], nowMs: number): void {
    if (counts.length === 0) this.remote.delete(from);
    else this.remote.set(from, { atMs: nowMs, counts: new Map(counts) });
  }
}
