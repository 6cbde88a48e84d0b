import type { MeetingProblem, MeetingSide, WantedMeeting } from '#planning';
import type { Interest } from '../interests/interest.js';
import { isTaken, personFor, type Comers } from '../meetings/comers.js';
import type { MeetingRecord } from '../meetings/meeting.js';
import type { Slot } from '../meeting-rules/slots.js';
import { weightsOf } from './weights.js';

/** What it costs to move a scheduled meeting to another slot, in points: see docs/matching.md. */
const movePoints = 5;

/** Everything that decides a plan. */
export interface PlanInput {
  readonly timeZone: string;
  /** In order of time. */
  readonly slots: readonly Slot[];
  readonly tables: number;
  /** Those that want a place: accepted and scheduled. */
  readonly meetings: readonly MeetingRecord[];
  /** How many meetings of each company took place already, held or missed. */
  readonly taken: ReadonlyMap<string, number>;
  readonly comers: ReadonlyMap<string, Comers>;
  /** Who is booked for a scheduled meeting, by its id. */
  readonly booked: ReadonlyMap<string, readonly string[]>;
  readonly interests: readonly Interest[];
  /** Scheduled meetings that keep their places. */
  readonly locked: ReadonlySet<string>;
  readonly now: Date;
}

/** The planning problem of a stop: times become slots, and what has begun already stays as it is. */
export function problemOf(input: PlanInput): MeetingProblem {
  const weights = weightsOf(input.meetings, input.interests);
  const slotAt = new Map(input.slots.map(({ startsAt }, index) => [Date.parse(startsAt), index]));
  const meetings = input.meetings.map((meeting) => wanted(meeting, input, weights, slotAt));
  return {
    slotDays: slotDays(input),
    tables: input.tables,
    meetings,
    busySlots: busySlots(input, meetings),
    companyLimits: limitsOf(input, meetings),
    movePoints,
  };
}

function wanted(
  meeting: MeetingRecord,
  input: PlanInput,
  weights: ReadonlyMap<string, number>,
  slotAt: ReadonlyMap<number, number>,
): WantedMeeting {
  const slot = meeting.startsAt === null ? undefined : slotAt.get(Date.parse(meeting.startsAt));
  const present =
    slot === undefined || meeting.tableNo === null ? undefined : { slot, table: meeting.tableNo };
  const sides = [
    sideOf(meeting.askerId, meeting.askerDelegateId, meeting.id, input),
    sideOf(meeting.askedId, meeting.askedDelegateId, meeting.id, input),
  ] as const;
  const keepsPlace =
    present !== undefined && (input.locked.has(meeting.id) || hasBegun(input.slots[present.slot], input.now));
  return {
    id: meeting.id,
    weight: weights.get(meeting.id) ?? 1,
    sides,
    ...(present === undefined ? {} : { present }),
    ...(keepsPlace ? { locked: true } : {}),
  };
}

/** A side that nobody stands for is its company alone, so that it has one meeting at a time nevertheless. */
function sideOf(
  companyId: string,
  named: string | null,
  meetingId: string,
  { comers, booked }: PlanInput,
): MeetingSide {
  const personId = personFor(comers.get(companyId), named, booked.get(meetingId) ?? []);
  return { companyId, personId: personId ?? companyId };
}

function hasBegun(slot: Slot | undefined, now: Date): boolean {
  return slot !== undefined && Date.parse(slot.startsAt) <= now.getTime();
}

function slotDays({ slots, timeZone }: PlanInput): number[] {
  const dateIn = new Intl.DateTimeFormat('en-CA', { timeZone });
  const days = new Map<string, number>();
  return slots.map(({ startsAt }) => {
    const date = dateIn.format(new Date(startsAt));
    const day = days.get(date) ?? days.size;
    days.set(date, day);
    return day;
  });
}

/** A person can't come in slots that have begun, in sessions, and while the company is not available. */
function busySlots(
  { slots, comers, now }: PlanInput,
  meetings: readonly WantedMeeting[],
): Map<string, Set<number>> {
  const busy = new Map<string, Set<number>>();
  for (const { companyId, personId } of meetings.flatMap(({ sides }) => sides)) {
    if (busy.has(personId)) continue;
    const own = comers.get(companyId);
    const closed = slots.flatMap((slot, index) =>
      own === undefined || hasBegun(slot, now) || isTaken(own, personId, slot) ? [index] : [],
    );
    busy.set(personId, new Set(closed));
  }
  return busy;
}

/** What each company still wants; no less than what it keeps anyway. */
function limitsOf({ comers, taken }: PlanInput, meetings: readonly WantedMeeting[]): Map<string, number> {
  const kept = new Map<string, number>();
  for (const { sides, locked } of meetings)
    if (locked === true)
      for (const { companyId } of sides) kept.set(companyId, (kept.get(companyId) ?? 0) + 1);
  const limits = new Map<string, number>();
  for (const [companyId, { maxMeetings }] of comers) {
    if (maxMeetings === null) continue;
    const left = maxMeetings - (taken.get(companyId) ?? 0);
    limits.set(companyId, Math.max(0, left, kept.get(companyId) ?? 0));
  }
  return limits;
}
