import type { Problem, StopState } from '#contracts';
import { prefectureOf } from '#reference-data';
import { endOf, outsideStop, type Placement } from '../sessions/placement.js';
import { nowhere, type SessionRecord } from '../sessions/session.js';
import { moveSession } from '../sessions/session-lifecycle.js';
import { shiftWallClock } from '#calendar';

export type Move = StopState['moves'][number];
/** A session and where it is to be. */
export type Target = { before: SessionRecord; after: SessionRecord };
/** A session that can't be where it was to be, and why. */
export type TargetConflict = { target: Target; problem: Problem };
type Frame = Pick<StopState, 'startsAt' | 'endsAt' | 'rooms' | 'city' | 'speakerTravelMinutes'>;
type Bounds = Parameters<typeof outsideStop>[1];

/** The moves of a stop that its sessions have not followed yet. */
export function movesToFollow(stop: Pick<StopState, 'moves'>, movesApplied: number): readonly Move[] {
  return stop.moves.slice(movesApplied);
}

/** Where a scheduled session goes when its stop moves, once or several times: the room and the length stay. */
export function placeAfter(
  moves: readonly Move[],
  session: { roomId: string; startsAt: string; durationMinutes: number },
  timeZone: string,
): Placement {
  const startsAt = moves.reduce(
    (at, move) => shiftWallClock(at, timeZone, move.fromStartsAt, move.toStartsAt),
    session.startsAt,
  );
  return { roomId: session.roomId, startsAt, endsAt: endOf(startsAt, session.durationMinutes) };
}

/** Whether a change of the stop can make a place impossible: other times, fewer rooms, another city, longer travel. */
export function touchesPlaces(before: Frame, after: Frame): boolean {
  const kept = new Set(after.rooms.map((room) => room.id));
  return (
    Date.parse(before.startsAt) !== Date.parse(after.startsAt) ||
    Date.parse(before.endsAt) !== Date.parse(after.endsAt) ||
    prefectureOf(before.city.code) !== prefectureOf(after.city.code) ||
    before.speakerTravelMinutes !== after.speakerTravelMinutes ||
    before.rooms.some((room) => !kept.has(room.id))
  );
}

/** Why a session lost its place, in the words that its `reason` shows. */
export function unscheduledReason(moves: readonly Move[], detail: string): string {
  const what = moves.length > 0 ? 'The stop was rescheduled' : 'The stop was changed';
  const given = moves.at(-1)?.reason;
  return `${what}${given ? ` (${given})` : ''} and this session can't keep its place. ${detail}`;
}

/** A session that stays where it is keeps its version: nothing of it changes. */
export function targetOf(session: SessionRecord, moves: readonly Move[], timeZone: string): Target {
  const place = placeAfter(moves, placed(session), timeZone);
  const stays = session.startsAt === place.startsAt && session.endsAt === place.endsAt;
  const version = stays ? session.version : session.version + 1;
  return { before: session, after: { ...session, ...place, version } };
}

/** Why the target is outside the stop's times or rooms; null where it is inside. */
export function conflictOutside(target: Target, stop: Bounds): TargetConflict | null {
  const problem = outsideStop(placed(target.after), stop);
  return problem && { target, problem };
}

/** The session after the stop's change has taken its place. */
export function unscheduled({ target, problem }: TargetConflict, moves: readonly Move[]): SessionRecord {
  const { before } = target;
  return {
    ...before,
    ...nowhere,
    status: moveSession(before.status, 'unschedule-by-stop', 'stop'),
    reason: unscheduledReason(moves, problem.detail),
    version: before.version + 1,
  };
}

export function cancelledWithStop(session: SessionRecord, stop: StopState): SessionRecord {
  return {
    ...session,
    ...nowhere,
    status: moveSession(session.status, 'cancel-with-stop', 'stop'),
    reason: stop.cancelReason,
    version: session.version + 1,
  };
}

/** A scheduled session has a place: the table's check says so. */
function placed(session: SessionRecord): Placement & { durationMinutes: number } {
  const { roomId, startsAt, endsAt, durationMinutes } = session;
  return { roomId: roomId ?? '', startsAt: startsAt ?? '', endsAt: endsAt ?? '', durationMinutes };
}
