import type { Meeting, MeetingStatus } from '#contracts/meetings';

/** The tabs of the requests, in the order of a meeting's life. */
export const requestTabs = ['requested', 'accepted', 'scheduled', 'over', 'ended'] as const;
export type RequestTab = (typeof requestTabs)[number];

const tabs: Readonly<Record<MeetingStatus, RequestTab>> = {
  requested: 'requested',
  accepted: 'accepted',
  scheduled: 'scheduled',
  held: 'over',
  missed: 'over',
  declined: 'ended',
  withdrawn: 'ended',
  expired: 'ended',
  cancelled: 'ended',
  unplaced: 'ended',
};

export const tabOf = ({ status }: Pick<Meeting, 'status'>): RequestTab => tabs[status];

const accepted: readonly MeetingStatus[] = [
  'accepted',
  'scheduled',
  'held',
  'missed',
  'cancelled',
  'unplaced',
];
const answered: readonly MeetingStatus[] = [...accepted, 'declined'];

/** How many requests got an answer, and a yes. A meeting that was cancelled had been accepted before. */
export function answersOf(meetings: readonly Pick<Meeting, 'status'>[]): {
  answered: number;
  accepted: number;
} {
  const count = (some: readonly MeetingStatus[]) =>
    meetings.filter(({ status }) => some.includes(status)).length;
  return { answered: count(answered), accepted: count(accepted) };
}
