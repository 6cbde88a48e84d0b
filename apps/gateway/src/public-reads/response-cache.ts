import { LRUCache } from 'lru-cache';
import type { CacheTag } from '../operations/operation.js';

/** A response, how long it may be shown, and which events make it stale. */
export interface CacheEntry<Response> {
  response: Response;
  cacheTags: readonly CacheTag[];
  /** From here on it is fetched again while it is still shown, so that readers do not all wait for it together. */
  refreshAtMs: number;
  expiresAtMs: number;
  /** Memory that it takes, about. */
  bytes: number;
}

export interface CacheLimits {
  maxEntries: number;
  maxBytes: number;
}

export const cacheLimits: CacheLimits = { maxEntries: 10_000, maxBytes: 64 * 1024 * 1024 };

/**
 * Finished responses by URL; the least recently read go first. One fetch per URL is in flight at a time, and all that
 * ask meanwhile share it. An invalidation drops what has one of its tags, and keeps every fetch that is in flight from
 * being stored or joined: it may have read the state from before.
 */
export class ResponseCache<Response> {
  private readonly entries: LRUCache<string, CacheEntry<Response>>;
  private readonly urlsByTag = new Map<CacheTag, Set<string>>();
  private readonly inFlight = new Map<string, Promise<Response>>();

  constructor({ maxEntries, maxBytes }: CacheLimits = cacheLimits) {
    this.entries = new LRUCache({
      max: maxEntries,
      maxSize: maxBytes,
      sizeCalculation: ({ bytes }) => bytes,
      dispose: (entry, url) => this.untag(url, entry),
    });
  }

  find(url: string, nowMs: number): Response | undefined {
    const found = this.entries.get(url);
    return found !== undefined && found.expiresAtMs > nowMs ? found.response : undefined;
  }

  /** A response that can be shown and need not be fetched yet. */
  findFresh(url: string, nowMs: number): Response | undefined {
    const found = this.entries.get(url);
    return found !== undefined && found.refreshAtMs > nowMs && found.expiresAtMs > nowMs
      ? found.response
      : undefined;
  }

  fetch(url: string, fetch: () => Promise<CacheEntry<Response>>): Promise<Response> {
    const joined = this.inFlight.get(url);
    if (joined !== undefined) return joined;
    const started: Promise<Response> = fetch().then(
      (entry) => {
        if (this.endFetch(url, started)) this.store(url, entry);
        return entry.response;
      },
      (error: unknown) => {
        this.endFetch(url, started);
        throw error;
      },
    );
    this.inFlight.set(url, started);
    return started;
  }

  invalidate(cacheTags: readonly CacheTag[]): void {
    this.inFlight.clear();
    for (const cacheTag of cacheTags) {
      for (const url of this.urlsByTag.get(cacheTag) ?? []) this.entries.delete(url);
    }
  }

  clear(): void {
    this.inFlight.clear();
    this.entries.clear();
  }

  size(): { entries: number; bytes: number } {
    return { entries: this.entries.size, bytes: this.entries.calculatedSize };
  }

  /** @returns whether nothing was invalidated since the fetch began */
  private endFetch(url: string, started: Promise<Response>): boolean {
    if (this.inFlight.get(url) !== started) return false;
    this.inFlight.delete(url);
    return true;
  }

  private store(url: string, entry: CacheEntry<Response>): void {
    this.entries.set(url, entry);
    if (!this.entries.has(url)) return;
    for (const cacheTag of entry.cacheTags) {
      const urls = this.urlsByTag.get(cacheTag);
      if (urls === undefined) this.urlsByTag.set(cacheTag, new Set([url]));
      else urls.add(url);
    }
  }

  private untag(url: string, { cacheTags }: CacheEntry<Response>): void {
    for (const cacheTag of cacheTags) {
      const urls = this.urlsByTag.get(cacheTag);
      urls?.delete(url);
      if (urls?.size === 0) this.urlsByTag.delete(cacheTag);
    }
  }
}
