import type { PublicEvent } from '#contracts';
import { encodeCursor } from '#persistence';

/*
 * The text of an event stream: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 * Ids are cursors of the log, which `GET /v1/events` takes as well.
 */

/** @param seq the event's number in the log */
export function eventFrame(seq: number, event: PublicEvent): string {
  return `${idLine(seq)}data: ${JSON.stringify(event)}\n\n`;
}

/** Moves the place from which the reader resumes. It has no data, so readers see no event in it. */
export function positionFrame(seq: number): string {
  return `${idLine(seq)}\n`;
}

/** Says that events are missing: the reader reads anew what it follows. */
export function resetFrame(seq: number): string {
  return `${idLine(seq)}event: reset\ndata: {}\n\n`;
}

/** After how long the reader comes back, in milliseconds. */
export function retryFrame(retryMs: number): string {
  return `retry: ${retryMs}\n\n`;
}

/** Keeps proxies from taking a quiet stream for a dead one. */
export const commentFrame = ':\n\n';

function idLine(seq: number): string {
  return `id: ${encodeCursor([String(seq)])}\n`;
}
