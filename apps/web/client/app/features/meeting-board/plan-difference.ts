import type { MeetingPlan } from '#contracts/meeting-plans';
import type { Meeting } from '#contracts/meetings';
import { placeOf, type Place } from './board.js';

/**
 * What accepting a plan does to a meeting: `placed` gets a place, `moved` another time, `table` another table at the same
 * time, `leaves` loses its place, `waits` still has none, `gone` was cancelled meanwhile.
 */
export type ChangeKind = 'placed' | 'moved' | 'table' | 'leaves' | 'waits' | 'same' | 'gone';

/** In the order in which an organizer looks at them. */
export const changeKinds: readonly ChangeKind[] = [
  'placed',
  'moved',
  'table',
  'leaves',
  'waits',
  'same',
  'gone',
];

export type UnplacedReason = MeetingPlan['unplaced'][number]['reasons'][number];

export interface Change {
  readonly meetingId: string;
  readonly kind: ChangeKind;
  readonly from: Place | null;
  readonly to: Place | null;
  readonly weight: number;
  /** Why it has no place in the plan. */
  readonly reasons: readonly UnplacedReason[];
}

/** A plan against what is scheduled now, by kind, then in order of time. */
export function changesOf(
  { items, unplaced }: Pick<MeetingPlan, 'items' | 'unplaced'>,
  meetings: readonly Meeting[],
): Change[] {
  const byId = new Map(meetings.map((one) => [one.id, one]));
  const placed = items.map(({ meetingId, startsAt, tableNo, weight }): Change => {
    const meeting = byId.get(meetingId);
    const from = meeting === undefined ? null : placeOf(meeting);
    const to = { startMs: Date.parse(startsAt), tableNo };
    return { meetingId, kind: kindOf(meeting, from, to), from, to, weight, reasons: [] };
  });
  const left = unplaced.map(({ meetingId, weight, reasons }): Change => {
    const meeting = byId.get(meetingId);
    const from = meeting === undefined ? null : placeOf(meeting);
    return { meetingId, kind: kindOf(meeting, from, null), from, to: null, weight, reasons };
  });
  return [...placed, ...left].toSorted(
    (a, b) =>
      changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind) ||
      timeOf(a) - timeOf(b) ||
      tableOf(a) - tableOf(b),
  );
}

const timeOf = ({ from, to }: Change): number => (to ?? from)?.startMs ?? 0;
const tableOf = ({ from, to }: Change): number => (to ?? from)?.tableNo ?? 0;

/** How many meetings a plan does each of this to. */
export function countsOf(changes: readonly Change[]): Readonly<Record<ChangeKind, number>> {
  const counts = { placed: 0, moved: 0, table: 0, leaves: 0, waits: 0, same: 0, gone: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}

/** Changes that can be accepted one by one; a meeting that the plan leaves out leaves with the whole plan alone. */
export const isChoosable = ({ kind }: Change): boolean =>
  kind === 'placed' || kind === 'moved' || kind === 'table';

/**
 * The body of accepting a plan. Everything chosen is the whole plan, which also takes places away; a part names its
 * meetings, and all others stay as they are.
 */
export function acceptBody(changes: readonly Change[], leftOut: ReadonlySet<string>): { items?: string[] } {
  const choosable = changes.filter(isChoosable);
  const chosen = choosable.filter(({ meetingId }) => !leftOut.has(meetingId));
  return chosen.length === choosable.length ? {} : { items: chosen.map(({ meetingId }) => meetingId) };
}

function kindOf(meeting: Meeting | undefined, from: Place | null, to: Place | null): ChangeKind {
  if (meeting === undefined || (meeting.status !== 'accepted' && meeting.status !== 'scheduled'))
    return 'gone';
  if (to === null) return from === null ? 'waits' : 'leaves';
  if (from === null) return 'placed';
  if (from.startMs !== to.startMs) return 'moved';
  return from.tableNo === to.tableNo ? 'same' : 'table';
}
