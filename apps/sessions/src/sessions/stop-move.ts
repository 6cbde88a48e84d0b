import { type StopState } from '#contracts';
import { prefectureOf } from '#reference-data';
import { endOf, type Placement } from './placement.js';
import { shiftWallClock } from './wall-clock.js';

type Move = StopState['moves'][number];
type Frame = Pick<StopState, 'startsAt' | 'endsAt' | 'rooms' | 'city' | 'speakerTravelMinutes'>;

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
export function reasonOfLoss(moves: readonly Move[], detail: string): string {
  const what = moves.length > 0 ? 'The stop was rescheduled' : 'The stop was changed';
  const given = moves.at(-1)?.reason;
  return `${what}${given ? ` (${given})` : ''} and this session can't keep its place. ${detail}`;
}
