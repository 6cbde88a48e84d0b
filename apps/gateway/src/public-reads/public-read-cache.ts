import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import {
  registrationChanged,
  stopChanged,
  timetableReleased,
  tourChanged,
  type DataOf,
  type EventEnvelope,
} from '#contracts';
import { Broker, subscribe } from '#messaging';
import { LOGGER, type Logger } from '#service';
import type { RouteMetrics } from '../http/route-metrics.js';
import type { CacheTag, Operation } from '../operations/operation.js';
import { cacheEntryOf, type CachedResponse, type PublicRead } from './cached-response.js';
import { EventFreshness } from './event-freshness.js';
import { ResponseCache } from './response-cache.js';

/** A longer URL is asked for anew each time: callers choose its length, and it would take memory. */
const maxUrlChars = 1_000;
/** Stops whose latest version is remembered. */
const maxStops = 10_000;

/** Responses to the public, served from memory and kept right by events as they pass. */
@Injectable()
export class PublicReadCache implements OnModuleInit {
  private readonly cache: ResponseCache<CachedResponse>;
  private readonly stopVersions = new LRUCache<string, number>({ max: maxStops });

  constructor(
    private readonly broker: Broker,
    private readonly freshness: EventFreshness,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.cache = new ResponseCache((nowMs) => freshness.isTrusted(nowMs));
  }

  async onModuleInit(): Promise<void> {
    this.broker.onReconnect(() => {
      this.freshness.distrust();
      this.cache.clear();
    });
    for (const subject of ['evt.stops.>', timetableReleased.subject, registrationChanged.subject]) {
      await subscribe(
        this.broker,
        subject,
        (event) => this.onEvent(event),
        (error) => this.onUnreadableEvent(error),
      );
    }
  }

  /** A response that can be sent as it is. */
  findFresh(url: string, nowMs: number): CachedResponse | undefined {
    return this.cache.findFresh(url, nowMs);
  }

  /** The response for a URL: from memory where it is there, else by `read`, which all that ask meanwhile share. */
  get(
    operation: Operation,
    url: string,
    metrics: RouteMetrics,
    read: () => Promise<PublicRead>,
  ): CachedResponse | Promise<CachedResponse> {
    const nowMs = Date.now();
    const fetch = async () =>
      cacheEntryOf(operation, await read(), metrics, nowMs, (basis) => this.isOutrun(basis));
    if (url.length > maxUrlChars) return fetch().then(({ response }) => response);
    const fresh = this.cache.findFresh(url, nowMs);
    if (fresh !== undefined) return fresh;
    const shown = this.cache.find(url, nowMs);
    const fetched = this.cache.fetch(url, fetch);
    if (shown === undefined) return fetched;
    // A failure reaches those that ask after it has expired; until then what is in memory is right.
    fetched.catch(() => undefined);
    return shown;
  }

  /** Drops what a change through this gateway made stale, without waiting for the event. */
  invalidate(cacheTags: readonly CacheTag[]): void {
    this.cache.invalidate(cacheTags);
  }

  private isOutrun({ stopId, version }: { stopId: string; version: number }): boolean {
    return version < (this.stopVersions.get(stopId) ?? 0);
  }

  private onEvent(event: EventEnvelope): void {
    if (event.type === registrationChanged.subject) {
      const { stopId } = event.data as DataOf<typeof registrationChanged>;
      return this.cache.outdate(`seats:${stopId}`, Date.now());
    }
    if (event.type === stopChanged.subject) {
      const { id, version } = event.data as DataOf<typeof stopChanged>;
      if (version > (this.stopVersions.get(id) ?? 0)) this.stopVersions.set(id, version);
    }
    const cacheTags = cacheTagsOfEvent(event);
    if (cacheTags === undefined) this.cache.clear();
    else this.cache.invalidate(cacheTags);
  }

  /** What an unreadable event was about is not known, so nothing is kept. */
  private onUnreadableEvent(error: unknown): void {
    this.logger.warn({ err: error }, 'unreadable event: cache of public reads cleared');
    this.cache.clear();
  }
}

/** What an event makes stale; `undefined` for an event that is not known here. */
export function cacheTagsOfEvent({ type, data }: EventEnvelope): CacheTag[] | undefined {
  if (type === stopChanged.subject) {
    const { id, tourId } = data as DataOf<typeof stopChanged>;
    return [`stop:${id}`, `tour:${tourId}`, 'tours'];
  }
  if (type === tourChanged.subject) return [`tour:${(data as DataOf<typeof tourChanged>).id}`, 'tours'];
  if (type === timetableReleased.subject) {
    return [`stop:${(data as DataOf<typeof timetableReleased>).stopId}`];
  }
  return undefined;
}
