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

/**
 * @param askedAtMs when the service was asked
 * @param isOutrun whether a newer version of the stop is known than the one that the response is of
 */
export function cacheEntryOf(
  { publicRead }: Operation,
  { response, input, output }: PublicRead,
  metrics: RouteMetrics,
  askedAtMs: number,
  isOutrun: (basis: { stopId: string; version: number }) => boolean,
): CacheEntry<CachedResponse> {
  const { maxAgeMs = 0, cacheTags, changesAtMs, follows } = publicRead ?? {};
  const nowMs = Date.now();
  const lasts = follows === undefined || !isOutrun(follows.basedOn(input, output));
  const ageMs = lasts ? maxAgeMs : follows.graceMs;
  return {
    response: { ...response, metrics, unchanged: notModified(response) },
    cacheTags: cacheTags?.(input, output) ?? [],
    askedAtMs,
    refreshAtMs: nowMs + ageMs / 2,
    expiresAtMs: Math.min(nowMs + ageMs, changesAtMs?.(output, nowMs) ?? Infinity),
    bytes: response.bytes + entryOverheadBytes,
    ...(follows === undefined ? {} : { graceMs: follows.graceMs }),
  };
}
