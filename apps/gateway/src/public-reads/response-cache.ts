import type { CacheTag } from '../operations/operation.js';

/** What a fetch found, and how long and until which event it may be shown. */
export interface CacheEntry<Answer> {
  response: Answer;
  cacheTags: readonly CacheTag[];
  /** From here on it is asked for anew while it is still shown, so that readers do not all wait for it together. */
  refreshAtMs: number;
  expiresAtMs: number;
  bytes: number;
}

export interface CacheLimits {
  maxEntries: number;
  maxBytes: number;
}

export const cacheLimits: CacheLimits = { maxEntries: 10_000, maxBytes: 64 * 1024 * 1024 };

/**
 * Finished answers by URL. One fetch per URL is under way at a time and all who ask meanwhile share it.
 * An event drops what it is about, and also keeps every fetch that is under way from being stored or joined:
 * it may have read the state from before the event.
 */
export class ResponseCache<Answer> {
  private readonly entries = new Map<string, CacheEntry<Answer>>();
  private readonly urlsByTag = new Map<CacheTag, Set<string>>();
  private readonly inFlight = new Map<string, Promise<Answer>>();
  private bytes = 0;

  constructor(private readonly limits: CacheLimits = cacheLimits) {}

  find(url: string, nowMs: number): Answer | undefined {
    const found = this.entries.get(url);
    return found !== undefined && found.expiresAtMs > nowMs ? found.response : undefined;
  }

  /** An answer that can be shown and need not be asked for yet. */
  findFresh(url: string, nowMs: number): Answer | undefined {
    const found = this.entries.get(url);
    return found !== undefined && found.refreshAtMs > nowMs && found.expiresAtMs > nowMs
      ? found.response
      : undefined;
  }

  fetch(url: string, fetch: () => Promise<CacheEntry<Answer>>): Promise<Answer> {
    const flight = this.inFlight.get(url);
    if (flight !== undefined) return flight;
    const started: Promise<Answer> = fetch().then(
      (fetched) => {
        if (this.endFetch(url, started)) this.store(url, fetched);
        return fetched.response;
      },
      (error: unknown) => {
        this.endFetch(url, started);
        throw error;
      },
    );
    this.inFlight.set(url, started);
    return started;
  }

  invalidate(topics: readonly CacheTag[]): void {
    this.inFlight.clear();
    for (const topic of topics) {
      for (const url of this.urlsByTag.get(topic) ?? []) this.remove(url);
    }
  }

  clear(): void {
    this.inFlight.clear();
    this.entries.clear();
    this.urlsByTag.clear();
    this.bytes = 0;
  }

  size(): { entries: number; bytes: number } {
    return { entries: this.entries.size, bytes: this.bytes };
  }

  /** @returns whether no event has come since the fetch began */
  private endFetch(url: string, flight: Promise<Answer>): boolean {
    if (this.inFlight.get(url) !== flight) return false;
    this.inFlight.delete(url);
    return true;
  }

  private store(url: string, fetched: CacheEntry<Answer>): void {
    this.remove(url);
    if (fetched.bytes > this.limits.maxBytes) return;
    this.entries.set(url, fetched);
    this.bytes += fetched.bytes;
    for (const topic of fetched.cacheTags) {
      const about = this.urlsByTag.get(topic);
      if (about === undefined) this.urlsByTag.set(topic, new Set([url]));
      else about.add(url);
    }
    while (this.entries.size > this.limits.maxEntries || this.bytes > this.limits.maxBytes)
      this.removeOldest();
  }

  private removeOldest(): void {
    for (const url of this.entries.keys()) {
      this.remove(url);
      return;
    }
  }

  private remove(url: string): void {
    const fetched = this.entries.get(url);
    if (fetched === undefined) return;
    this.entries.delete(url);
    this.bytes -= fetched.bytes;
    for (const topic of fetched.cacheTags) {
      const about = this.urlsByTag.get(topic);
      about?.delete(url);
      if (about?.size === 0) this.urlsByTag.delete(topic);
    }
  }
}
