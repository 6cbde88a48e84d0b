import type { Session } from '#contracts/sessions';

/** Where and when a session is; its length says when it ends. */
export interface Place {
  readonly roomId: string;
  readonly startsAt: string;
}

export const minuteMs = 60_000;

/** An instant as the API writes it. */
export const instantAt = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

export function placeOf({ status, roomId, startsAt }: Session): Place | null {
  return status === 'scheduled' && roomId !== null && startsAt !== null ? { roomId, startsAt } : null;
}

export function isSamePlace(one: Place | null, other: Place | null): boolean {
  if (one === null || other === null) return one === other;
  return one.roomId === other.roomId && Date.parse(one.startsAt) === Date.parse(other.startsAt);
}

/** The session as it will be there, or without a place. */
export function movedTo(session: Session, place: Place | null): Session {
  if (place === null) return { ...session, status: 'accepted', roomId: null, startsAt: null, endsAt: null };
  const endMs = Date.parse(place.startsAt) + session.durationMinutes * minuteMs;
  return { ...session, status: 'scheduled', ...place, endsAt: instantAt(endMs) };
}

/** In order of time, then of rooms, as the eye reads the plan; what has no place comes last. */
export function inOrder(sessions: readonly Session[], roomIds: readonly string[]): Session[] {
  const timeOf = ({ startsAt }: Session) => (startsAt === null ? Infinity : Date.parse(startsAt));
  const roomOf = ({ roomId }: Session) => (roomId === null ? roomIds.length : roomIds.indexOf(roomId));
  return [...sessions].sort((a, b) => timeOf(a) - timeOf(b) || roomOf(a) - roomOf(b));
}
