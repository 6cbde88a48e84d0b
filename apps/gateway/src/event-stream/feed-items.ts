import type { PublicEvent } from '#contracts';
import { eventFrame } from './frames.js';

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

/** Items in their order, cut where many of them would keep the process busy. */
export function slicesOf(items: readonly FeedItem[]): FeedItem[][] {
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
  return slices;
}
