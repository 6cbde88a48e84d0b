import type { BlockedTime, Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { minuteMs, placeOf, type Place } from './place.js';

/** A start after `fromMs` and before `toMs` would be refused: in one room, or (`null`) in all. */
export interface Obstacle {
  readonly roomId: string | null;
  readonly fromMs: number;
  readonly toMs: number;
  readonly code: BlockedTime['code'];
  readonly sessionId: string | null;
  readonly title: Session['title'] | null;
}

type Frame = Pick<Stop, 'startsAt' | 'endsAt'>;

/**
 * What stands in a session's way, as far as the plan on the screen shows it: rooms that are taken, speakers who are on
 * stage, and the edges of the stop. It is there at once, and it knows moves that are not saved yet.
 */
export function obstaclesHere(session: Session, all: readonly Session[], stop: Frame): Obstacle[] {
  const speakers = new Set(addressesOf(session));
  const lengthMs = session.durationMinutes * minuteMs;
  const others = all.filter((one) => one.id !== session.id);
  return [
    ...edges(stop, lengthMs),
    ...others.flatMap((other) => {
      const place = placeOf(other);
      if (place === null) return [];
      const room = takenBy(other, place, lengthMs);
      const isShared = addressesOf(other).some((one) => speakers.has(one));
      const speaker: Obstacle = { ...room, roomId: null, code: 'session.speaker_conflict' };
      return isShared ? [room, speaker] : [room];
    }),
  ];
}

/** Adds what only the service knows: speakers at other stops and on their way. What stands on the screen is newer here. */
export function withOthers(
  here: readonly Obstacle[],
  blocked: readonly BlockedTime[],
  shownIds: ReadonlySet<string>,
): Obstacle[] {
  const elsewhere = blocked.filter(
    ({ code, conflict }) =>
      code !== 'session.outside_stop' &&
      (conflict.sessionId === undefined || !shownIds.has(conflict.sessionId)),
  );
  return [...here, ...elsewhere.map(obstacleOf)];
}

/** Why a start there would be refused; nothing where it is free. */
export function inTheWay(obstacles: readonly Obstacle[], roomId: string, startMs: number): Obstacle[] {
  return obstacles.filter(
    (one) => (one.roomId === null || one.roomId === roomId) && one.fromMs < startMs && startMs < one.toMs,
  );
}

interface FreePlace {
  readonly roomId: string;
  readonly startMs: number;
}

/** The starts that nothing forbids, in order of time and then of rooms. */
export function freePlaces(
  obstacles: readonly Obstacle[],
  roomIds: readonly string[],
  startsMs: readonly number[],
): FreePlace[] {
  return startsMs.flatMap((startMs) =>
    roomIds
      .filter((roomId) => inTheWay(obstacles, roomId, startMs).length === 0)
      .map((roomId) => ({ roomId, startMs })),
  );
}

/** A choice of free places to propose: the first ones, and not all of one room. */
export function someOf(places: readonly FreePlace[], ofRoom: number, limit: number): FreePlace[] {
  const taken = new Map<string, number>();
  return places
    .filter(({ roomId }) => {
      const count = (taken.get(roomId) ?? 0) + 1;
      taken.set(roomId, count);
      return count <= ofRoom;
    })
    .slice(0, limit);
}

/** A range of starts in one room that is painted as one: why, and what is in the way. */
export interface Painted {
  readonly fromMs: number;
  readonly toMs: number;
  readonly code: Obstacle['code'];
}

/** The refused starts of a room within some hours; ranges of one kind that touch are one. */
export function painted(
  obstacles: readonly Obstacle[],
  roomId: string,
  hours: { fromMs: number; toMs: number },
): Painted[] {
  const inside = obstacles
    .filter((one) => one.roomId === null || one.roomId === roomId)
    .map(({ fromMs, toMs, code }) => ({
      fromMs: Math.max(fromMs, hours.fromMs),
      toMs: Math.min(toMs, hours.toMs),
      code,
    }))
    .filter(({ fromMs, toMs }) => fromMs < toMs)
    .sort((a, b) => a.code.localeCompare(b.code) || a.fromMs - b.fromMs);
  const ranges: Painted[] = [];
  for (const one of inside) {
    const last = ranges.at(-1);
    if (last?.code === one.code && one.fromMs <= last.toMs)
      ranges[ranges.length - 1] = { ...last, toMs: Math.max(last.toMs, one.toMs) };
    else ranges.push(one);
  }
  return ranges;
}

function edges(stop: Frame, lengthMs: number): Obstacle[] {
  const rest = { roomId: null, code: 'session.outside_stop' as const, sessionId: null, title: null };
  return [
    { ...rest, fromMs: -Infinity, toMs: Date.parse(stop.startsAt) },
    { ...rest, fromMs: Date.parse(stop.endsAt) - lengthMs, toMs: Infinity },
  ];
}

function takenBy(other: Session, place: Place, lengthMs: number): Obstacle {
  const startMs = Date.parse(place.startsAt);
  return {
    roomId: place.roomId,
    fromMs: startMs - lengthMs,
    toMs: startMs + other.durationMinutes * minuteMs,
    code: 'session.room_conflict',
    sessionId: other.id,
    title: other.title,
  };
}

function obstacleOf({ roomId, from, to, code, conflict }: BlockedTime): Obstacle {
  return {
    roomId,
    fromMs: Date.parse(from),
    toMs: Date.parse(to),
    code,
    sessionId: conflict.sessionId ?? null,
    title: conflict.title ?? null,
  };
}

/** People are known by their address; a team that really is in several places at once is in nobody's way. */
function addressesOf({ speakers }: Session): string[] {
  return speakers
    .filter(({ email, mayOverlap }) => mayOverlap !== true && email !== null && email !== undefined)
    .map(({ email }) => (email ?? '').normalize('NFC').trim().toLowerCase());
}
