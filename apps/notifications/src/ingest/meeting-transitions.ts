import type { MeetingState, PublicEventType } from '#contracts';
import type { PublicMessage } from '../log/public-message.js';

type MeetingType = Extract<PublicEventType, `meeting.${string}`>;

/** What is kept of a meeting to tell what changed. */
export interface MeetingSnapshot {
  readonly status: MeetingState['status'];
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly tableNo: number | null;
  /** Who was named to come; absent in states that were kept by earlier releases. */
  readonly delegateIds?: MeetingState['delegateIds'];
}

export function meetingSnapshot({
  status,
  startsAt,
  endsAt,
  tableNo,
  delegateIds,
}: MeetingState): MeetingSnapshot {
  return { status, startsAt, endsAt, tableNo, delegateIds };
}

/**
 * The messages of a meeting's way from one state to the next: one for the organizer and the company that asked, one for
 * the company that was asked. The latter never hears of a request that is concealed from it.
 */
export function meetingTransitions(previous: MeetingSnapshot | null, state: MeetingState): PublicMessage[] {
  const type = typeOf(previous, state);
  if (type === null) return [];
  const { meetingId, stopId, tourId, organizationId, askerId, askedId, missed, concealed, version } = state;
  const { status, startsAt, endsAt, tableNo } = state;
  const message = {
    type,
    subject: `meeting/${meetingId}`,
    data: {
      meetingId,
      stopId,
      tourId,
      askerId,
      askedId,
      status,
      startsAt,
      endsAt,
      tableNo,
      previousStatus: previous?.status ?? null,
      missed,
      version,
      href: `/v1/meetings/${meetingId}`,
    },
  };
  const ofAsker = { organizationId, companyId: askerId, stopId, public: false };
  const ofAsked = { organizationId: null, companyId: askedId, stopId, public: false };
  return (concealed ? [ofAsker] : [ofAsker, ofAsked]).map((scope) => ({ ...message, scope }));
}

function typeOf(previous: MeetingSnapshot | null, next: MeetingState): MeetingType | null {
  if (previous?.status !== next.status)
    return previous?.status === 'scheduled' && next.status === 'accepted'
      ? 'meeting.unscheduled'
      : `meeting.${next.status}`;
  const moved = previous.startsAt !== next.startsAt || previous.tableNo !== next.tableNo;
  return next.status === 'scheduled' && moved ? 'meeting.moved' : null;
}
