import type { ProblemCode } from '#contracts';
import { isTaken, personFor, type Comers } from '../meetings/comers.js';
import type { MeetingRecord } from '../meetings/meeting.js';
import type { Slot } from '../meeting-rules/slots.js';
import type { PlanItem } from './plan.js';

/** A meeting that is to get a place, or another one, with who comes. */
export interface Placement {
  readonly meeting: MeetingRecord;
  readonly slot: Slot;
  readonly tableNo: number;
  readonly persons: readonly string[];
}

export interface PlacementConflict {
  readonly meetingId: string;
  readonly code: ProblemCode;
}

/** When a person is taken. */
export interface TakenTime {
  readonly personId: string;
  readonly from: string;
  readonly to: string;
}

/** What stands at a stop beside the meetings that are to be placed. */
export interface Occupied {
  readonly slots: readonly Slot[];
  readonly tables: number;
  /** Meetings that keep their places, or took place. */
  readonly meetings: readonly MeetingRecord[];
  readonly times: readonly TakenTime[];
  readonly comers: ReadonlyMap<string, Comers>;
}

/** The items of a plan that change something, in the order of their meetings. */
export function placementsOf(
  items: readonly PlanItem[],
  meetings: ReadonlyMap<string, MeetingRecord>,
  { slots, comers }: Pick<Occupied, 'slots' | 'comers'>,
  booked: ReadonlyMap<string, readonly string[]>,
): { placements: Placement[]; conflicts: PlacementConflict[] } {
  const placements: Placement[] = [];
  const conflicts: PlacementConflict[] = [];
  for (const { meetingId, startsAt, tableNo } of items) {
    const meeting = meetings.get(meetingId);
    const slot = slots.find((one) => Date.parse(one.startsAt) === Date.parse(startsAt));
    if (meeting === undefined) conflicts.push({ meetingId, code: 'meeting.invalid_transition' });
    else if (slot === undefined) conflicts.push({ meetingId, code: 'meeting.outside_slots' });
    else if (meeting.startsAt !== slot.startsAt || meeting.tableNo !== tableNo) {
      const persons = sidesOf(meeting).flatMap(
        ([companyId, named]) => personFor(comers.get(companyId), named, booked.get(meetingId) ?? []) ?? [],
      );
      placements.push({ meeting, slot, tableNo, persons });
    }
  }
  return { placements, conflicts };
}

/** Which placements can't be, beside what is there and beside the ones before them. */
export function findConflicts(placements: readonly Placement[], occupied: Occupied): PlacementConflict[] {
  const meetings = occupied.meetings.flatMap(({ startsAt, endsAt, tableNo, askerId, askedId }) =>
    startsAt === null || endsAt === null ? [] : [{ slot: { startsAt, endsAt }, tableNo, askerId, askedId }],
  );
  const times = [...occupied.times];
  const conflicts: PlacementConflict[] = [];
  for (const placement of placements) {
    const { meeting, slot, tableNo, persons } = placement;
    const code = conflictOf(placement, { ...occupied, meetings, times });
    if (code !== null) {
      conflicts.push({ meetingId: meeting.id, code });
      continue;
    }
    meetings.push({ slot, tableNo, askerId: meeting.askerId, askedId: meeting.askedId });
    times.push(...persons.map((personId) => ({ personId, from: slot.startsAt, to: slot.endsAt })));
  }
  return conflicts;
}

interface Placed {
  readonly slot: Slot;
  readonly tableNo: number | null;
  readonly askerId: string;
  readonly askedId: string;
}

function conflictOf(
  { meeting, slot, tableNo, persons }: Placement,
  there: Omit<Occupied, 'meetings'> & { meetings: readonly Placed[] },
): ProblemCode | null {
  if (tableNo > there.tables) return 'meeting.outside_slots';
  if (there.meetings.some((one) => one.tableNo === tableNo && overlap(one.slot, slot)))
    return 'meeting.table_conflict';
  const isAway = sidesOf(meeting).some(([companyId], side) => {
    const comers = there.comers.get(companyId);
    return comers === undefined || isTaken(comers, persons[side] ?? null, slot);
  });
  const isThere = ({ personId, from, to }: TakenTime) =>
    persons.includes(personId) && overlap({ startsAt: from, endsAt: to }, slot);
  if (isAway || there.times.some(isThere)) return 'meeting.person_conflict';
  const isFull = sidesOf(meeting).some(([companyId]) => {
    const most = there.comers.get(companyId)?.maxMeetings ?? Infinity;
    const own = there.meetings.filter(
      ({ askerId, askedId }) => companyId === askerId || companyId === askedId,
    );
    return own.length >= most;
  });
  return isFull ? 'meeting.limit_reached' : null;
}

function sidesOf({ askerId, askerDelegateId, askedId, askedDelegateId }: MeetingRecord) {
  return [
    [askerId, askerDelegateId],
    [askedId, askedDelegateId],
  ] as const;
}

function overlap(one: Slot, other: Slot): boolean {
  return (
    Date.parse(one.startsAt) < Date.parse(other.endsAt) && Date.parse(other.startsAt) < Date.parse(one.endsAt)
  );
}
