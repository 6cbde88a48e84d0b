import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, callerId, readFeeds, type Caller, type FeedOwner, type OutputOf } from '#contracts';
import { Rpc } from '#messaging';
import { Authenticator } from '../auth/authenticator.js';
import { EventStream, type StreamEnd } from './event-stream.js';
import { FeedHub } from './feed-hub.service.js';
import { FeedItem, FeedSlice } from './feed-items.js';
import { retryFrame } from './frames.js';
import { StreamCountsSync } from './stream-counts-sync.service.js';
import { maxStreams, maxStreamsOfKey } from './stream-counts.js';
import type { StreamFilter } from './stream-filter.js';
import { streamsEnded, streamsOpen } from './stream-metrics.js';

/** Each stream has a comment this often, and its key is looked at. */
const beatEveryMs = 15_000;
const lookForBeatsEveryMs = 500;
/** Readers come back after this and up to a second more, so that they do not come all at once. */
const retryMs = 3_000;
const retryJitterMs = 1_000;
/** How long a reader may take for what is queued for it. */
const patienceMs = 5_000;
/** Events that are read at once for a stream that is behind. */
const pageOfLagging = 50;

type FeedPage = OutputOf<typeof readFeeds>['feeds'][number];

/** A stream with what ends it. */
interface OpenStream {
  readonly stream: EventStream;
  /** The sign-in, or the key: the stream ends with it. */
  readonly credential: string | null;
  /** Asks anew whether its key is one. */
  readonly identify: () => Caller | null | Promise<Caller | null>;
  nextBeatAtMs: number;
}

/** What a reader asks for, and the place from which on. */
export interface StreamRequest {
  readonly filter: StreamFilter;
  /** A cursor of the log or the id of an event; null for what happens from now on. */
  readonly after: string | null;
}

/** Opens streams, keeps them alive, and ends them with their keys and with the process. */
@Injectable()
export class EventStreams implements OnModuleInit, OnModuleDestroy {
  private readonly open = new Map<EventStream, OpenStream>();
  private timer: NodeJS.Timeout | undefined;
  private draining = false;

  constructor(
    private readonly rpc: Rpc,
    private readonly hub: FeedHub,
    private readonly sync: StreamCountsSync,
    private readonly authenticator: Authenticator,
  ) {}

  onModuleInit(): void {
    this.hub.whenLagging((stream) => void this.catchUp(stream));
    this.authenticator.onRevoked((keyId) => this.onRevoked(keyId));
    this.timer = setInterval(() => this.beat(Date.now()), lookForBeatsEveryMs);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.drain();
  }

  /** Ends all streams in order; their readers come back to another replica. */
  drain(): void {
    this.draining = true;
    for (const stream of this.open.keys()) stream.close('drain', retryFrame(jittered(retryMs)));
  }

  /**
   * Reads the first page before anything is answered, so that what is wrong can still be a problem.
   * @param begin writes the head of the response
   * @throws Problem `rate.limited`, `service.unavailable`, `request.invalid`
   */
  async start(
    request: FastifyRequest,
    reply: FastifyReply,
    { filter, after }: StreamRequest,
    begin: () => void,
  ): Promise<void> {
    const { caller } = request;
    const owner = ownerOf(caller);
    const key = callerId(caller) ?? '';
    this.take(key);
    const page = await this.read(owner, after).catch((error: unknown) => {
      this.sync.remove(key);
      throw error;
    });
    if (reply.raw.destroyed || this.draining) this.sync.remove(key);
    if (this.draining) throw unavailable('This server is about to end. Try again in a moment.');
    if (reply.raw.destroyed) return;
    begin();
    reply.raw.write(retryFrame(jittered(retryMs)));
    const stream = this.register(request, reply, { owner, filter, key });
    if (page.lost) stream.reset(Number(page.position));
    else stream.begin(placeBefore(page));
    await this.catchUp(stream, { ...page, lost: false });
  }

  private take(key: string): void {
    const { counts } = this.sync;
    if (this.draining || counts.total >= maxStreams)
      throw unavailable('This server has as many event streams as it can take. Try again in a moment.');
    if (counts.of(key, Date.now()) >= maxStreamsOfKey)
      throw new Problem('rate.limited', `A key may have ${maxStreamsOfKey} event streams at once.`, {
        retryAfterSeconds: Math.ceil(retryMs / 1_000),
      });
    this.sync.add(key);
  }

  private register(
    { headers, caller }: FastifyRequest,
    reply: FastifyReply,
    { owner, filter, key }: { owner: FeedOwner; filter: StreamFilter; key: string },
  ): EventStream {
    const stream = new EventStream(reply.raw, owner, filter, (end) => this.onEnd(stream, key, end));
    const identify = () => this.authenticator.identifyAgain(headers);
    this.open.set(stream, {
      stream,
      credential: caller.signInId ?? caller.keyId,
      identify,
      nextBeatAtMs: Date.now() + beatEveryMs,
    });
    streamsOpen.set(this.open.size);
    return stream;
  }

  /** Reads what a stream has missed, at its reader's pace, and then goes on with all others. */
  private async catchUp(stream: EventStream, first?: FeedPage): Promise<void> {
    try {
      for (let page = first; stream.isOpen; page = undefined) {
        page ??= await this.read(stream.owner, { seq: String(stream.position) });
        await this.deliver(stream, page);
        if (!page.more) break;
      }
      if (stream.isOpen) this.hub.join(stream);
    } catch {
      // Its reader comes back and reads on from where it is.
      stream.close('failed');
    }
  }

  private async deliver(stream: EventStream, page: FeedPage): Promise<void> {
    await stream.drained(patienceMs);
    if (page.lost) stream.reset(Number(page.position));
    for (const { seq, event } of page.items) {
      const slice = new FeedSlice([new FeedItem(Number(seq), event)]);
      if (!stream.deliver(slice, Number(seq))) {
        await stream.drained(patienceMs);
        stream.deliver(slice, Number(seq));
      }
    }
    stream.advance(Number(page.position));
  }

  private async read(owner: FeedOwner, after: string | { seq: string } | null): Promise<FeedPage> {
    const { feeds } = await this.rpc.ask(readFeeds, { feeds: [{ owner, after }], limit: pageOfLagging });
    const [page] = feeds;
    if (page === undefined) throw new Error('The log gives no page.');
    return page;
  }

  private beat(nowMs: number): void {
    for (const one of this.open.values()) {
      if (one.nextBeatAtMs > nowMs) continue;
      one.nextBeatAtMs += beatEveryMs;
      one.stream.beat();
      this.recheck(one);
    }
  }

  /** @param keyId null where any key may have been revoked */
  private onRevoked(keyId: string | null): void {
    for (const one of this.open.values()) {
      if (keyId === null) this.recheck(one);
      else if (one.credential === keyId) one.stream.close('key');
    }
  }

  /** Keys also end by the clock. While nobody can say, streams go on. */
  private recheck({ stream, identify }: OpenStream): void {
    void (async () => {
      const caller = await Promise.resolve(identify()).catch(() => undefined);
      if (caller === null) stream.close('key');
    })();
  }

  private onEnd(stream: EventStream, key: string, end: StreamEnd): void {
    this.hub.leave(stream);
    if (!this.open.delete(stream)) return;
    this.sync.remove(key);
    streamsOpen.set(this.open.size);
    streamsEnded.inc({ end });
  }
}

function ownerOf({ organizationId, companyId }: Caller): FeedOwner {
  if (organizationId !== undefined) return { organizationId };
  if (companyId !== undefined) return { companyId };
  throw new Problem('auth.forbidden', 'Events are for organizers and companies.');
}

/** The place that a page was read from, or one that is as good. */
function placeBefore({ items: [first], position }: FeedPage): number {
  return first === undefined ? Number(position) : Number(first.seq) - 1;
}

function jittered(ms: number): number {
  return ms + Math.floor(Math.random() * retryJitterMs);
}

function unavailable(detail: string): Problem {
  return new Problem('service.unavailable', detail, { retryAfterSeconds: 2 });
}
