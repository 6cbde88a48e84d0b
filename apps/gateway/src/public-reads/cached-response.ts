import { notModified, type HttpResponse } from '../http/response.js';
import type { RouteMetrics } from '../http/route-metrics.js';
import type { Operation } from '../operations/operation.js';
import type { CacheEntry } from './response-cache.js';

/** What an operation read for the public, as the cache needs it. */
export interface PublicRead {
  readonly response: HttpResponse;
  readonly input: Record<string, string>;
  readonly output: unknown;
}

/** A response with what it takes to send it without Fastify. */
export interface CachedResponse extends HttpResponse {
  readonly metrics: RouteMetrics;
  /** The same for a reader that has it already. */
  readonly unchanged: HttpResponse;
}

/** Headers and bookkeeping of an entry, about, in bytes. */
const entryOverheadBytes = 2_000;

export function cacheEntryOf(
  { publicRead }: Operation,
  { response, input, output }: PublicRead,
  metrics: RouteMetrics,
  nowMs: number,
): CacheEntry<CachedResponse> {
  const { maxAgeMs = 0, cacheTags, changesAtMs } = publicRead ?? {};
  return {
    response: { ...response, metrics, unchanged: notModified(response) },
    cacheTags: cacheTags?.(input, output) ?? [],
    refreshAtMs: nowMs + maxAgeMs / 2,
    expiresAtMs: Math.min(nowMs + maxAgeMs, changesAtMs?.(output, nowMs) ?? Infinity),
    bytes: response.bytes + entryOverheadBytes,
  };
}
