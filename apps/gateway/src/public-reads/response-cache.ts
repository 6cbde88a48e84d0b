import { LRUCache } from 'lru-cache';
import type { CacheTag } from '../operations/operation.js';

/** A response, how long it may be shown, and which events make it stale. */
export interface CacheEntry<Response> {
  response: Response;
  cacheTags: readonly CacheTag[];
  /** When it was asked for: it may lack what happened since. */
  askedAtMs: number;
  /** From here on it is fetched again while it is still shown, so that readers do not all wait for it together. */
  refreshAtMs: number;
  expiresAtMs: number;
  /** Set where the response lasts because events are followed: its age after an event, or without events. */
  graceMs?: number;
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
 * ask meanwhile share it.
 *
 * An invalidation drops what has one of its tags, and keeps every fetch in flight from being stored or joined: it may
 * have read the state from before. `outdate` is for what changes many times a second: such a response stays for its
 * grace, so that readers do not ask as often as it changes.
 */
export class ResponseCache<Response> {
  private readonly entries: LRUCache<string, CacheEntry<Response>>;
  private readonly urlsByTag = new Map<CacheTag, Set<string>>();
  private readonly inFlight = new Map<string, Promise<Response>>();
  /** When each tag was outdated last: a fetch in flight meanwhile may have read the state from before. */
  private readonly outdatedAtMs: LRUCache<CacheTag, number>;

  /** @param isFollowing whether events are known to arrive; without them a response lasts for its grace alone */
  constructor(
    private readonly isFollowing: (nowMs: number) => boolean = () => true,
    { maxEntries, maxBytes }: CacheLimits = cacheLimits,
  ) {
    this.entries = new LRUCache({
      max: maxEntries,
      maxSize: maxBytes,
      sizeCalculation: ({ bytes }) => bytes,
      dispose: (entry, url) => this.untag(url, entry),
    });
    this.outdatedAtMs = new LRUCache({ max: maxEntries });
  }

  find(url: string, nowMs: number): Response | undefined {
    const found = this.entries.get(url);
    return found !== undefined && nowMs < this.expiryOf(found, nowMs) ? found.response : undefined;
  }

  /** A response that can be shown and need not be fetched yet. */
  findFresh(url: string, nowMs: number): Response | undefined {
    const found = this.entries.get(url);
    return found !== undefined && nowMs < found.refreshAtMs && nowMs < this.expiryOf(found, nowMs)
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

  /** What has this tag changed: it is shown for no longer than its grace since it was asked for. */
  outdate(cacheTag: CacheTag, nowMs: number): void {
    this.outdatedAtMs.set(cacheTag, nowMs);
    for (const url of this.urlsByTag.get(cacheTag) ?? []) {
      const entry = this.entries.peek(url);
      if (entry !== undefined) shorten(entry, nowMs);
    }
  }

  clear(): void {
    this.inFlight.clear();
    this.entries.clear();
  }

  size(): { entries: number; bytes: number } {
    return { entries: this.entries.size, bytes: this.entries.calculatedSize };
  }

  private expiryOf({ expiresAtMs, graceMs, askedAtMs }: CacheEntry<Response>, nowMs: number): number {
    if (graceMs === undefined || this.isFollowing(nowMs)) return expiresAtMs;
    return Math.min(expiresAtMs, askedAtMs + graceMs);
  }

  /** @returns whether nothing was invalidated since the fetch began */
  private endFetch(url: string, started: Promise<Response>): boolean {
    if (this.inFlight.get(url) !== started) return false;
    this.inFlight.delete(url);
    return true;
  }

  private store(url: string, entry: CacheEntry<Response>): void {
    for (const cacheTag of entry.cacheTags) {
      const outdatedAtMs = this.outdatedAtMs.get(cacheTag) ?? -Infinity;
      if (outdatedAtMs >= entry.askedAtMs) shorten(entry, outdatedAtMs);
    }
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

/** Half of the grace is left for fetching it again while it is shown. */
function shorten(entry: CacheEntry<unknown>, nowMs: number): void {
  const { askedAtMs, graceMs = 0 } = entry;
  entry.expiresAtMs = Math.min(entry.expiresAtMs, Math.max(nowMs, askedAtMs + graceMs));
  entry.refreshAtMs = Math.min(entry.refreshAtMs, Math.max(nowMs, askedAtMs + graceMs / 2));
}
