import { Injectable } from '@nestjs/common';
import { Problem, type InputOf, type OutputOf, type readFeeds } from '#contracts';
import { Database } from '#persistence';
import { FeedRepository } from './feed.repository.js';
import { LogService, publicEventOf } from './log.service.js';

type Feed = InputOf<typeof readFeeds>['feeds'][number];
type Bounds = Awaited<ReturnType<FeedRepository['bounds']>>;

/** Reads the log for those who stream it. */
@Injectable()
export class FeedService {
  constructor(
    private readonly database: Database,
    private readonly feeds: FeedRepository,
    private readonly log: LogService,
  ) {}

  async read({ feeds, limit }: InputOf<typeof readFeeds>): Promise<OutputOf<typeof readFeeds>> {
    // Read before the rows: what becomes visible in between has a higher number and comes with the next reading.
    const bounds = await this.feeds.bounds(this.database);
    const places = await Promise.all(feeds.map((feed) => this.placeOf(feed, bounds)));
    const pages = await this.feeds.read(this.database, places, limit);
    return {
      feeds: places.map(({ lost, afterSeq }, place) => {
        const page = pages[place] ?? [];
        const lastSeq = page.at(-1)?.seq ?? afterSeq;
        const more = page.length === limit;
        return {
          items: page.map((message) => ({ seq: message.seq, event: publicEventOf(message) })),
          position: more ? lastSeq : latest(bounds.endSeq, lastSeq),
          more,
          lost,
        };
      }),
    };
  }

  /** A place that is not kept, or that the log has not reached since it was restored, leads to the log's end. */
  private async placeOf({ owner, after }: Feed, { prunedSeq, endSeq }: Bounds) {
    if (after === null) return { owner, afterSeq: endSeq, lost: false };
    const afterSeq = typeof after === 'string' ? await this.seqOf(after) : BigInt(after.seq);
    const isKept = afterSeq !== null && afterSeq >= BigInt(prunedSeq) && afterSeq <= BigInt(endSeq);
    return { owner, afterSeq: isKept ? String(afterSeq) : endSeq, lost: !isKept };
  }

  /** @returns null where the place is no longer kept */
  private async seqOf(after: string): Promise<bigint | null> {
    try {
      return BigInt(await this.log.positionOf(after));
    } catch (error) {
      if (error instanceof Problem && error.code === 'events.cursor_too_old') return null;
      throw error;
    }
  }
}

function latest(one: string, other: string): string {
  return BigInt(one) > BigInt(other) ? one : other;
}
