import type { Meeting, MeetingAttendance } from '#contracts/meetings';
import type { Registration } from '#contracts/registrations';
import type { Session } from '#contracts/sessions';
import type { Localized } from '../../../../shared/language.js';
import { dayOf } from '../../../../shared/time.js';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

interface Period {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A company at a stop, and who of it comes to meetings. */
export interface Guest {
  readonly companyId: string;
  readonly name: Localized;
  /** Nobody of a company that cancelled or was declined comes. */
  readonly comes: boolean;
  /** Who stands for the company, in its order. */
  readonly persons: readonly Person[];
  readonly delegation: readonly Person[];
  readonly unavailable: readonly Period[];
  readonly maxMeetings: number | null;
}

interface Talk extends Period {
  readonly title: Localized;
  readonly emails: readonly string[];
}

export interface Slot {
  readonly startMs: number;
  readonly endMs: number;
}

/** Where a meeting can be. */
export interface Place {
  readonly startMs: number;
  readonly tableNo: number;
}

interface Facts {
  readonly slots: readonly Slot[];
  readonly tables: number;
  readonly meetings: readonly Meeting[];
  readonly guests: ReadonlyMap<string, Guest>;
  readonly talks: readonly Talk[];
  readonly nowMs: number;
}

/** Everything that decides where meetings of a stop can be. */
export interface Board extends Facts {
  readonly byPlace: ReadonlyMap<string, Meeting>;
  /** The meetings of each company that have a place. */
  readonly byCompany: ReadonlyMap<string, readonly Meeting[]>;
}

const keyOf = ({ startMs, tableNo }: Place): string => `${startMs} ${tableNo}`;

/** A stop can have thousands of meetings, so they are found by their places and companies. */
export function boardOf(facts: Facts): Board {
  const byPlace = new Map<string, Meeting>();
  const byCompany = new Map<string, Meeting[]>();
  for (const meeting of facts.meetings) {
    const place = placeOf(meeting);
    if (place === null) continue;
    byPlace.set(keyOf(place), meeting);
    for (const id of [meeting.askerId, meeting.askedId])
      byCompany.set(id, [...(byCompany.get(id) ?? []), meeting]);
  }
  return { ...facts, byPlace, byCompany };
}

/** Why a meeting can't be somewhere. */
export type Obstacle =
  | { readonly kind: 'table'; readonly meetingId: string }
  | { readonly kind: 'meeting'; readonly companyId: string; readonly meetingId: string }
  | { readonly kind: 'talk'; readonly companyId: string; readonly title: Localized }
  | { readonly kind: 'unavailable'; readonly companyId: string }
  | { readonly kind: 'limit'; readonly companyId: string }
  | { readonly kind: 'away'; readonly companyId: string };

const live: readonly Registration['status'][] = ['pending', 'confirmed', 'waitlisted'];

/** The companies of a stop by their ids. A company that registered again counts as it is now. */
export function guestsOf(
  registrations: readonly Registration[],
  attendances: readonly MeetingAttendance[],
): ReadonlyMap<string, Guest> {
  const said = new Map(attendances.map((one) => [one.companyId, one]));
  const inOrder = registrations.toSorted(
    (a, b) => Number(live.includes(a.status)) - Number(live.includes(b.status)),
  );
  return new Map(
    inOrder.map(({ companyId, company, status, delegates }) => {
      const attendance = said.get(companyId);
      const named = (attendance?.delegateIds ?? []).flatMap(
        (id) => delegates.find((one) => one.id === id) ?? [],
      );
      const guest: Guest = {
        companyId,
        name: company.name,
        comes: live.includes(status),
        persons: named.length > 0 ? named : delegates,
        delegation: delegates,
        unavailable: (attendance?.unavailable ?? []).map(({ from, to }) => ({
          fromMs: Date.parse(from),
          toMs: Date.parse(to),
        })),
        maxMeetings: attendance?.maxMeetings ?? null,
      };
      return [companyId, guest];
    }),
  );
}

/** When speakers are on stage. Which sessions people signed up for, the API alone knows. */
export function talksOf(sessions: readonly Session[]): Talk[] {
  return sessions.flatMap(({ status, startsAt, endsAt, title, speakers }) =>
    status !== 'scheduled' || startsAt === null || endsAt === null
      ? []
      : [
          {
            title,
            fromMs: Date.parse(startsAt),
            toMs: Date.parse(endsAt),
            emails: speakers.flatMap(({ email }) => email?.toLowerCase() ?? []),
          },
        ],
  );
}

export function placeOf({ startsAt, tableNo }: Meeting): Place | null {
  return startsAt === null || tableNo === null ? null : { startMs: Date.parse(startsAt), tableNo };
}

export const isSamePlace = (one: Place | null, other: Place | null): boolean =>
  one?.startMs === other?.startMs && one?.tableNo === other?.tableNo;

/** The days on which there are slots, as `2027-01-16`. */
export function daysOf(slots: readonly Slot[], timeZone: string): string[] {
  return [...new Set(slots.map(({ startMs }) => dayOf(new Date(startMs).toISOString(), timeZone)))];
}

export function slotsOf(starts: readonly string[], minutes: number): Slot[] {
  return starts.map((start) => ({
    startMs: Date.parse(start),
    endMs: Date.parse(start) + minutes * 60_000,
  }));
}

/** Who comes to a meeting for one of its companies: the named one, else the first who stands for it. */
export function personOf(board: Board, meeting: Meeting, companyId: string): Person | null {
  const guest = board.guests.get(companyId);
  const named = companyId === meeting.askerId ? meeting.delegates.asker : meeting.delegates.asked;
  const found = guest?.delegation.find(({ id }) => id === named?.id);
  return found ?? guest?.persons[0] ?? null;
}

/** The meetings as they will be once one of them has moved. */
export function withMove(
  meetings: readonly Meeting[],
  slots: readonly Slot[],
  id: string,
  to: Place | null,
): readonly Meeting[] {
  const slot = slots.find(({ startMs }) => startMs === to?.startMs);
  const place = {
    startsAt: slot === undefined ? null : instantAt(slot.startMs),
    endsAt: slot === undefined ? null : instantAt(slot.endMs),
    tableNo: slot === undefined ? null : (to?.tableNo ?? null),
  };
  const status = slot === undefined ? 'accepted' : 'scheduled';
  return meetings.map((one) => (one.id === id ? { ...one, ...place, status } : one));
}

/** What keeps the people of a meeting from a slot, whatever the table. */
export function obstaclesInSlot(board: Board, meeting: Meeting, slot: Slot): Obstacle[] {
  return [meeting.askerId, meeting.askedId].flatMap((companyId) => {
    const guest = board.guests.get(companyId);
    if (guest === undefined || !guest.comes) return [{ kind: 'away' as const, companyId }];
    return obstaclesOf(board, meeting, guest, slot);
  });
}

function obstaclesOf(board: Board, meeting: Meeting, guest: Guest, slot: Slot): Obstacle[] {
  const { companyId } = guest;
  const person = personOf(board, meeting, companyId);
  const found: Obstacle[] = [];
  if (guest.unavailable.some((one) => overlap(one, slot))) found.push({ kind: 'unavailable', companyId });
  const own = (board.byCompany.get(companyId) ?? []).filter(({ id }) => id !== meeting.id);
  if (own.length >= (guest.maxMeetings ?? Infinity)) found.push({ kind: 'limit', companyId });
  if (person === null) return found;
  const busy = own.find(
    (one) => periodOverlaps(one, slot) && personOf(board, one, companyId)?.id === person.id,
  );
  if (busy !== undefined) found.push({ kind: 'meeting', companyId, meetingId: busy.id });
  const talk = board.talks.find(
    (one) => overlap(one, slot) && one.emails.includes(person.email.toLowerCase()),
  );
  if (talk !== undefined) found.push({ kind: 'talk', companyId, title: talk.title });
  return found;
}

/** What stands at a table in a slot, other than this meeting. */
export function meetingAt(board: Board, place: Place, exceptId?: string): Meeting | null {
  const found = board.byPlace.get(keyOf(place));
  return found === undefined || found.id === exceptId ? null : found;
}

/** Everything that keeps a meeting from a place. */
export function obstaclesAt(board: Board, meeting: Meeting, place: Place): Obstacle[] {
  const slot = board.slots.find(({ startMs }) => startMs === place.startMs);
  if (slot === undefined) return [];
  const there = meetingAt(board, place, meeting.id);
  return [
    ...(there === null ? [] : [{ kind: 'table' as const, meetingId: there.id }]),
    ...obstaclesInSlot(board, meeting, slot),
  ];
}

/** The tables that nobody sits at in a slot, in order. */
export function freeTables(board: Board, startMs: number, exceptId?: string): number[] {
  return Array.from({ length: board.tables }, (_, at) => at + 1).filter(
    (tableNo) => meetingAt(board, { startMs, tableNo }, exceptId) === null,
  );
}

/** What has begun can be chosen by hand, to put down a meeting that took place; it is not proposed. */
const slotsToCome = ({ slots, nowMs }: Board): readonly Slot[] =>
  slots.filter(({ startMs }) => startMs > nowMs);

/** In each slot to come that suits both, the first free table. */
export function freePlaces(board: Board, meeting: Meeting): Place[] {
  return slotsToCome(board).flatMap((slot) => {
    if (obstaclesInSlot(board, meeting, slot).length > 0) return [];
    const [tableNo] = freeTables(board, slot.startMs, meeting.id);
    return tableNo === undefined ? [] : [{ startMs: slot.startMs, tableNo }];
  });
}

/** How often each reason keeps a meeting from a slot, the commonest first; empty where it has a free place. */
export function whyNowhere(board: Board, meeting: Meeting): { obstacle: Obstacle; slots: number }[] {
  if (freePlaces(board, meeting).length > 0) return [];
  const counts = new Map<string, { obstacle: Obstacle; slots: number }>();
  for (const slot of slotsToCome(board)) {
    const inSlot = obstaclesInSlot(board, meeting, slot);
    const there = meetingAt(board, { startMs: slot.startMs, tableNo: 1 }, meeting.id);
    const all =
      inSlot.length === 0 && there !== null ? [{ kind: 'table' as const, meetingId: there.id }] : inSlot;
    for (const obstacle of all) {
      const key = 'companyId' in obstacle ? `${obstacle.kind} ${obstacle.companyId}` : obstacle.kind;
      const known = counts.get(key);
      counts.set(key, { obstacle: known?.obstacle ?? obstacle, slots: (known?.slots ?? 0) + 1 });
    }
  }
  return [...counts.values()].toSorted((a, b) => b.slots - a.slots);
}

/** The cell that an arrow leads to, or `null` where the board ends or the key is no arrow. */
export function steppedBy(
  key: string,
  { startMs, tableNo }: Place,
  starts: readonly number[],
  tables: readonly number[],
): Place | null {
  const [row, column] = [starts.indexOf(startMs), tables.indexOf(tableNo)];
  const to = (atRow: number, atColumn: number): Place | null => {
    const [start, table] = [starts[atRow], tables[atColumn]];
    return atRow < 0 || atColumn < 0 || start === undefined || table === undefined
      ? null
      : { startMs: start, tableNo: table };
  };
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'Home':
      return to(row, 0);
    case 'End':
      return to(row, tables.length - 1);
    default:
      return null;
  }
}

function periodOverlaps({ startsAt, endsAt }: Meeting, slot: Slot): boolean {
  if (startsAt === null || endsAt === null) return false;
  return overlap({ fromMs: Date.parse(startsAt), toMs: Date.parse(endsAt) }, slot);
}

function overlap({ fromMs, toMs }: Period, { startMs, endMs }: Slot): boolean {
  return fromMs < endMs && startMs < toMs;
}

export const instantAt = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
