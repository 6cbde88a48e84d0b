import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { stopChanged, timetableReleased, tourChanged, type DataOf, type EventEnvelope } from '#contracts';
import { Broker, subscribe } from '#messaging';
import { LOGGER, type Logger } from '#service';
import type { CachedResponse } from '../http/response.js';
import type { CacheTag } from '../operations/operation.js';
import { ResponseCache } from './response-cache.js';

/** What the public reads, served from memory and kept right by events as they pass. */
@Injectable()
export class PublicReadCache extends ResponseCache<CachedResponse> implements OnModuleInit {
  constructor(
    @Inject(Broker) private readonly broker: Broker,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async onModuleInit(): Promise<void> {
    this.broker.onReconnect(() => this.clear());
    for (const subject of ['evt.stops.>', timetableReleased.subject]) {
      await subscribe(
        this.broker,
        subject,
        (event) => this.onEvent(event),
        (error) => this.onUnreadableEvent(error),
      );
    }
  }

  /** What an event that can't be read was about is not known, so nothing is kept. */
  private onUnreadableEvent(error: unknown): void {
    this.logger.warn({ err: error }, 'an event could not be read; public answers are asked for anew');
    this.clear();
  }

  private onEvent(event: EventEnvelope): void {
    const topics = cacheTagsOfEvent(event);
    if (topics === undefined) this.clear();
    else this.invalidate(topics);
  }
}

/** What an event changes for readers; `undefined` for an event that is not known here. */
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
