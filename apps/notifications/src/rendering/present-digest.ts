import type { MeetingFacts } from '../owners/owner-facts.js';
import type { NoticeData } from '../notices/planned-notice.js';

type Items = NonNullable<NoticeData['digest']>;

const presentStatuses: Readonly<Record<string, readonly MeetingFacts['status'][]>> = {
  'meeting-requested': ['requested'],
  'meeting-accepted': ['accepted', 'scheduled'],
};

/** The lines of a digest that still hold: a request may have been answered since. */
export function presentDigest(items: Items, meetings: ReadonlyMap<string, MeetingFacts>): Items {
  return items.filter(({ kind, refId }) => {
    const wanted = presentStatuses[kind];
    const status = meetings.get(refId)?.status;
    return wanted === undefined || (status !== undefined && wanted.includes(status));
  });
}
