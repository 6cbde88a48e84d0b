import { setImmediate as others } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { feedSubject, maxFeedEvents, maxFeeds, readFeeds, type FeedOwner, type OutputOf } from '#contracts';
import { Broker, Rpc, onSignal } from '#messaging';
import { FailureLog, LOGGER, type Logger } from '#service';
import type { EventStream } from './event-stream.js';
import { FeedItem, slicesOf } from './feed-items.js';

/** All feeds are read this often even if no signal came: signals may be lost. */
const lookAgainEveryMs = 5_000;
/** After a failed reading, the next one begins after this. */
const pauseAfterFailureMs = 500;

type FeedPage = OutputOf<typeof readFeeds>['feeds'][number];

/** The streams of one owner. */
interface Channel {
  readonly owner: FeedOwner;
  readonly streams: Set<EventStream>;
  readonly unsubscribe: () => void;
}

/**
 * Reads feeds once for all their streams. Signals say only that there is something to read: what streams get is read from
 * the log, in its order, so a lost or late signal loses and repeats nothing.
 */
@Injectable()
export class FeedHub implements OnModuleInit, OnModuleDestroy {
  private readonly channels = new Map<string, Channel>();
  private readonly unread = new Set<Channel>();
  private readonly failures: FailureLog;
  private reading = false;
  private timer: NodeJS.Timeout | undefined;
  private onLagging: (stream: EventStream) => void = () => undefined;

  constructor(
    private readonly broker: Broker,
    private readonly rpc: Rpc,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.failures = new FailureLog(logger, 'reading feeds of events');
  }

  onModuleInit(): void {
    this.broker.onReconnect(() => this.readAll());
    this.timer = setInterval(() => this.readAll(), lookAgainEveryMs);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Is called for streams that left because too much waits for their readers. */
  whenLagging(lagging: (stream: EventStream) => void): void {
    this.onLagging = lagging;
  }

  /** Goes on with a stream that has everything up to its position. */
  join(stream: EventStream): void {
    const subject = feedSubject(stream.owner);
    const channel = this.channels.get(subject) ?? this.open(subject, stream.owner);
    channel.streams.add(stream);
    this.mark(channel);
  }

  leave(stream: EventStream): void {
    const subject = feedSubject(stream.owner);
    const channel = this.channels.get(subject);
    if (channel === undefined || !channel.streams.delete(stream) || channel.streams.size > 0) return;
    channel.unsubscribe();
    this.channels.delete(subject);
    this.unread.delete(channel);
  }

  private open(subject: string, owner: FeedOwner): Channel {
    // The subscription reaches the broker before the next request does, so no signal falls between the two.
    const unsubscribe = onSignal(this.broker, subject, () => this.mark(channel));
    const channel: Channel = { owner, streams: new Set(), unsubscribe };
    this.channels.set(subject, channel);
    return channel;
  }

  private readAll(): void {
    for (const channel of this.channels.values()) this.mark(channel);
  }

  private mark(channel: Channel): void {
    if (channel.streams.size === 0) return;
    this.unread.add(channel);
    if (!this.reading) void this.readOn();
  }

  /** One request at a time: what is signalled meanwhile goes with the next. */
  private async readOn(): Promise<void> {
    this.reading = true;
    while (this.unread.size > 0) {
      const some = [...this.unread].slice(0, maxFeeds);
      for (const channel of some) this.unread.delete(channel);
      try {
        await this.read(some);
        this.failures.recovered();
      } catch (error) {
        this.failures.failed(error);
        for (const channel of some) if (channel.streams.size > 0) this.unread.add(channel);
        await new Promise((resolve) => setTimeout(resolve, pauseAfterFailureMs));
      }
    }
    this.reading = false;
  }

  private async read(channels: readonly Channel[]): Promise<void> {
    const asked = channels.map(({ owner, streams }) => {
      const readers = [...streams];
      return { owner, readers, from: Math.min(...readers.map(({ position }) => position)) };
    });
    const { feeds } = await this.rpc.ask(readFeeds, {
      feeds: asked.map(({ owner, from }) => ({ owner, after: { seq: String(from) } })),
      limit: Math.floor(maxFeedEvents / channels.length),
    });
    for (const [place, { readers }] of asked.entries()) {
      const page = feeds[place];
      if (page === undefined) continue;
      await this.distribute(readers, page);
      const channel = channels[place];
      if (page.more && channel !== undefined && channel.streams.size > 0) this.unread.add(channel);
    }
  }

  private async distribute(readers: readonly EventStream[], page: FeedPage): Promise<void> {
    const position = Number(page.position);
    if (page.lost) {
      for (const stream of readers) stream.reset(position);
      return;
    }
    const lagging = new Set<EventStream>();
    const slices = slicesOf(page.items.map(({ seq, event }) => new FeedItem(Number(seq), event)));
    for (const [place, slice] of slices.entries()) {
      if (place > 0) await others();
      const reached = place === slices.length - 1 ? position : (slice.items.at(-1)?.seq ?? position);
      for (const stream of readers)
        if (!lagging.has(stream) && !stream.deliver(slice, reached)) lagging.add(stream);
    }
    if (slices.length === 0) for (const stream of readers) stream.advance(position);
    for (const stream of lagging) {
      this.leave(stream);
      this.onLagging(stream);
    }
  }
}
