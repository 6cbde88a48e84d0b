import type { ServerResponse } from 'node:http';
import type { FeedOwner } from '#contracts';
import type { FeedSlice } from './feed-items.js';
import { commentFrame, positionFrame, resetFrame } from './frames.js';
import type { StreamFilter } from './stream-filter.js';

/** What waits for a slow reader at most. */
export const maxQueuedBytes = 64 * 1024;

/** Why a stream ended, as its metric names it. */
export type StreamEnd = 'left' | 'slow' | 'key' | 'drain' | 'failed';

/** One reader: a response that does not end. It has everything of its feed up to `position`, and nothing twice. */
export class EventStream {
  /** The number up to which it has everything. */
  position = 0;
  private shownPosition = 0;
  private ended = false;

  constructor(
    private readonly response: ServerResponse,
    readonly owner: FeedOwner,
    private readonly filter: StreamFilter,
    private readonly onEnd: (end: StreamEnd) => void,
  ) {
    response.once('close', () => this.finish('left'));
    // A connection that breaks while something is written says so here, and closes.
    response.on('error', () => undefined);
  }

  get isOpen(): boolean {
    return !this.ended;
  }

  /** Sets the place from which it reads on, and says so: its reader resumes there even if nothing happens before. */
  begin(position: number): void {
    this.position = this.shownPosition = position;
    this.response.write(positionFrame(position));
  }

  /** Goes on from a place behind lost events, and says so. */
  reset(position: number): void {
    this.position = this.shownPosition = position;
    if (!this.ended) this.response.write(resetFrame(position));
  }

  /**
   * Writes what its reader wants of a slice, unless too much waits for the reader already.
   * @param position up to which all events of the feed are in the slice or came before
   * @returns whether there was room; without it nothing was taken, and the stream stays where it is
   */
  deliver(slice: FeedSlice, position: number): boolean {
    if (this.ended) return true;
    const wanted = slice.wantedBy(this.filter, this.position);
    if (wanted !== null) {
      const queued = this.response.writableLength;
      if (queued > 0 && queued + wanted.text.bytes.length > maxQueuedBytes) return false;
      wanted.text.writeTo(this.response);
      this.shownPosition = wanted.lastSeq;
    }
    this.advance(position);
    return true;
  }

  /** Notes that it has everything up to a place, of which its reader wants nothing more. */
  advance(position: number): void {
    this.position = Math.max(this.position, position);
  }

  /** Waits until a reader has taken what waits for it. One that does not in time is cut off: it resumes by itself. */
  async drained(patienceMs: number): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (!this.ended && this.response.writableLength > 0) {
      if (Date.now() > deadline) return this.cutOff();
      await new Promise((resolve) => setTimeout(resolve, pollDrainMs));
    }
  }

  /** Says that the stream is alive, and how far it is where only events passed that its reader did not want. */
  beat(): void {
    if (this.ended || this.response.writableLength > maxQueuedBytes / 2) return;
    const hasMoved = this.position !== this.shownPosition;
    this.shownPosition = this.position;
    this.response.write(hasMoved ? commentFrame + positionFrame(this.position) : commentFrame);
  }

  /** Ends the response in order. */
  close(end: Exclude<StreamEnd, 'left' | 'slow'>, lastWords = ''): void {
    if (this.ended) return;
    this.finish(end);
    this.response.end(lastWords);
  }

  /** What is queued is worth nothing to a reader that does not read. */
  private cutOff(): void {
    this.finish('slow');
    this.response.destroy();
  }

  private finish(end: StreamEnd): void {
    if (this.ended) return;
    this.ended = true;
    this.onEnd(end);
  }
}

/** A slow reader is looked at this often. */
const pollDrainMs = 20;
