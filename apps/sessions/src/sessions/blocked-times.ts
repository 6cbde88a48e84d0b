import { z } from 'zod';
import type { BlockedTime, StopState } from '#contracts';
import { prefectureOf } from '#reference-data';
import type { RoomTaken, SpeakerTaken } from './taken.js';

type Stop = Pick<StopState, 'startsAt' | 'endsAt' | 'city' | 'speakerTravelMinutes'>;
type Taken = { sessionId: string; title: BlockedTime['conflict']['title']; startsAt: string; endsAt: string };

/** All dates of the system lie between these. */
const [firstDate, lastDate] = ['2000-01-01T00:00:00Z', '2200-01-01T00:00:00Z'];

/**
 * When a session can't start: the open ranges of starts that a room, a speaker or the stop's times forbid. Ranges may
 * overlap, since each says what is in the way. In order of their beginning.
 */
export function blockedTimes(
  session: { id: string; durationMinutes: number },
  stop: Stop,
  taken: { rooms: readonly RoomTaken[]; speakers: readonly SpeakerTaken[] },
): BlockedTime[] {
  const { id, durationMinutes } = session;
  const rooms = taken.rooms.filter(({ sessionId }) => sessionId !== id);
  const speakers = taken.speakers.filter(({ sessionId }) => sessionId !== id);
  const all = [
    ...outside(stop, durationMinutes),
    ...rooms.map((one) => blocked(one.roomId, 'session.room_conflict', one, durationMinutes, 0)),
    ...speakers.map((one) =>
      blocked(null, 'session.speaker_conflict', one, durationMinutes, travelBetween(stop, one)),
    ),
  ];
  const unique = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...unique.values()].sort((a, b) => (sortKeys(a).join(' ') < sortKeys(b).join(' ') ? -1 : 1));
}

/** Identifies an item within the list; the list is in the order of these, compared one after the other. */
export function sortKeys({ from, to, roomId, conflict }: BlockedTime): string[] {
  const [start = '', end = ''] = [from, to].map((at) => new Date(at).toISOString());
  return [start, end, roomId ?? '', conflict.sessionId ?? ''];
}

/** The kinds of the sort keys, as a cursor carries them. */
export const BlockedTimeCursor = z.tuple([z.string(), z.string(), z.string(), z.string()]);

/** The items after the one that has these keys. */
export function itemsAfter(items: readonly BlockedTime[], keys: readonly unknown[]): BlockedTime[] {
  const after = keys.join(' ');
  return items.filter((item) => sortKeys(item).join(' ') > after);
}

/** A start that leaves no room for the whole session within the stop. */
function outside(stop: Stop, minutes: number): BlockedTime[] {
  const rest = { roomId: null, code: 'session.outside_stop' as const, conflict: {} };
  return [
    { ...rest, from: firstDate, to: stop.startsAt },
    { ...rest, from: shifted(stop.endsAt, -minutes), to: lastDate },
  ];
}

function blocked(
  roomId: string | null,
  code: BlockedTime['code'],
  { sessionId, title, startsAt, endsAt }: Taken,
  minutes: number,
  gapMinutes: number,
): BlockedTime {
  return {
    roomId,
    from: shifted(startsAt, -minutes - gapMinutes),
    to: shifted(endsAt, gapMinutes),
    code,
    conflict: { sessionId, ...(title === undefined ? {} : { title }) },
  };
}

/** Within a prefecture nobody travels; between two the larger travel time of the two tours counts. */
function travelBetween(stop: Stop, taken: SpeakerTaken): number {
  if (taken.place === prefectureOf(stop.city.code)) return 0;
  return Math.max(taken.travelMinutes, stop.speakerTravelMinutes);
}

function shifted(at: string, minutes: number): string {
  return new Date(Date.parse(at) + minutes * 60_000).toISOString().replace('.000Z', 'Z');
}
