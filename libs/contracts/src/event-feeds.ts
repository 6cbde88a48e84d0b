import { z } from 'zod';
import { request } from './contract.js';
import { PublicEvent } from './public-events.js';
import { Id, line } from './values/values.js';

/** Whose events are read: an organization's, or what a company may have. */
export type FeedOwner = { readonly organizationId: string } | { readonly companyId: string };

/** Feeds in one request at most. */
export const maxFeeds = 50;
/** Events in one answer at most, over all its feeds: with this many an answer fits into one message. */
export const maxFeedEvents = 1_000;

/**
 * The subject of the signal that wakes up the streams of an owner's events. The signal is empty and may be lost: what happened
 * stands in the log.
 */
export function feedSubject(owner: FeedOwner): string {
  return 'organizationId' in owner
    ? `feed.organization.${owner.organizationId}`
    : `feed.company.${owner.companyId}`;
}

/** All subjects of feeds: notifications alone publishes there, and the gateway alone listens. */
export const feedSubjects = 'feed.>';

/** The number of an event in the log, or of the place behind it. */
const Seq = z.string().regex(/^\d{1,18}$/);

const Owner = z.union([z.object({ organizationId: Id }), z.object({ companyId: Id })]);

export const readFeeds = request('rpc.notifications.read-feeds.v1', {
  input: z.object({
    feeds: z
      .array(
        z.object({
          owner: Owner,
          /** A number, a cursor of the log, or the id of an event; null for the end of the log. */
          after: z.union([z.object({ seq: Seq }), line(512)]).nullable(),
        }),
      )
      .min(1)
      .max(maxFeeds),
    /** Events of each feed at most. */
    limit: z.number().int().min(1).max(maxFeedEvents),
  }),
  output: z.object({
    feeds: z.array(
      z.object({
        items: z.array(z.object({ seq: Seq, event: PublicEvent })),
        /** Where to go on: all events of the feed up to here have been read. */
        position: Seq,
        /** Whether more can be read at once. */
        more: z.boolean(),
        /** Whether the place to read from is no longer kept: reading went on at the end of the log. */
        lost: z.boolean(),
      }),
    ),
  }),
});
