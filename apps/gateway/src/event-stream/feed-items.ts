import type { PublicEvent } from '#contracts';
import { eventFrame } from './frames.js';
import { SharedText } from './shared-text.js';
import { passesFilter, type StreamFilter } from './stream-filter.js';

/** Text that is written to all streams before other work has its turn. */
const maxSliceChars = 16 * 1024;

/** An event with its number in the log, and its text, which is made once for all its readers. */
export class FeedItem {
  readonly frame: string;

  constructor(
    readonly seq: number,
    readonly event: PublicEvent,
  ) {
    this.frame = eventFrame(seq, event);
  }
}

/** What one reader wants of a slice. */
export interface WantedFrames {
  readonly text: SharedText;
  /** The number of its last event. */
  readonly lastSeq: number;
}

/** Some items in their order. Readers that want the same of them share the bytes. */
export class FeedSlice {
  private readonly known = new Map<string, WantedFrames>();

  constructor(readonly items: readonly FeedItem[]) {}

  /** What a reader that has everything up to `position` wants; null where that is nothing. */
  wantedBy(filter: StreamFilter, position: number): WantedFrames | null {
    const wanted = this.items.filter(({ seq, event }) => seq > position && passesFilter(filter, event));
    const last = wanted.at(-1);
    if (last === undefined) return null;
    const key = wanted.map(({ seq }) => seq).join();
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const frames = { text: new SharedText(wanted.map(({ frame }) => frame).join('')), lastSeq: last.seq };
    this.known.set(key, frames);
    return frames;
  }
}

/** Items in their order, cut where many of them would keep the process busy. */
export function slicesOf(items: readonly FeedItem[]): FeedSlice[] {
  const slices: FeedItem[][] = [];
  let chars = Infinity;
  for (const item of items) {
    chars += item.frame.length;
    if (chars > maxSliceChars) {
      slices.push([]);
      chars = item.frame.length;
    }
    slices.at(-1)?.push(item);
  }
  return slices.map((slice) => new FeedSlice(slice));
}
