import type { Meeting } from '#contracts/meetings';

export type MeetingGroup = 'inbox' | 'planned' | 'agreed' | 'asked' | 'past';

/** In the order in which a company looks at them. */
export const meetingGroups: readonly MeetingGroup[] = ['inbox', 'planned', 'agreed', 'asked', 'past'];

type Shown = Pick<Meeting, 'askerId' | 'askedId' | 'status' | 'startsAt'>;

export function groupOf({ status, askedId }: Shown, companyId: string): MeetingGroup {
  switch (status) {
    case 'requested':
      return askedId === companyId ? 'inbox' : 'asked';
    case 'accepted':
      return 'agreed';
    case 'scheduled':
      return 'planned';
    default:
      return 'past';
  }
}

/** The meetings of each group: those with a time by their time, the others as they came. */
export function grouped<One extends Shown>(meetings: readonly One[], companyId: string) {
  const of = (group: MeetingGroup) =>
    meetings
      .filter((one) => groupOf(one, companyId) === group)
      .toSorted((one, other) => Date.parse(one.startsAt ?? '') - Date.parse(other.startsAt ?? '') || 0);
  return new Map(meetingGroups.map((group) => [group, of(group)]));
}

export const otherSide = ({ askerId, askedId }: Shown, companyId: string): string =>
  askerId === companyId ? askedId : askerId;

/** How many requests a company may still send: those that wait for an answer count. */
export function requestsLeft(meetings: readonly Shown[], companyId: string, quota: number): number {
  const open = meetings.filter(({ askerId, status }) => askerId === companyId && status === 'requested');
  return Math.max(0, quota - open.length);
}

/** Whether the two have something under way, so that another request would be refused. */
export const isLiveWith = (meetings: readonly Shown[], companyId: string, other: string): boolean =>
  meetings.some(
    (one) =>
      otherSide(one, companyId) === other && ['requested', 'accepted', 'scheduled'].includes(one.status),
  );
