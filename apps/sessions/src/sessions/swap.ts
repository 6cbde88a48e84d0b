import type { Problem, StopState } from '#contracts';
import { conflictProblem, endOf, outsideStop, type Conflict } from './placement.js';
import type { SessionRecord } from './session.js';
import { speakerKeys, speakerNamed } from './speakers.js';

/** Two sessions after they changed places. */
export type Swap = { session: SessionRecord; other: SessionRecord };

/** Each starts when and where the other did, and keeps its length. Throws `session.outside_stop`. */
export function swapped(session: SessionRecord, other: SessionRecord, stop: StopState): Swap {
  return { session: placedLike(session, other, stop), other: placedLike(other, session, stop) };
}

/** Why the two can't both be there, because of different lengths; null where they can. */
export function partnerProblem({ session, other }: Swap, stop: StopState): Problem | null {
  const overlap =
    Date.parse(session.startsAt ?? '') < Date.parse(other.endsAt ?? '') &&
    Date.parse(other.startsAt ?? '') < Date.parse(session.endsAt ?? '');
  if (!overlap) return null;
  const conflict = conflictWith(other);
  if (session.roomId === other.roomId) {
    const roomName = stop.rooms.find((room) => room.id === session.roomId)?.name ?? {};
    return conflictProblem({ kind: 'room', roomName }, [conflict], stop.timeZone);
  }
  const theirs = new Set(speakerKeys(other));
  const shared = speakerKeys(session).find((key) => theirs.has(key));
  if (shared === undefined) return null;
  const speakerName = speakerNamed(session, shared);
  return conflictProblem({ kind: 'speaker', speakerName }, [conflict], stop.timeZone);
}

function placedLike(session: SessionRecord, there: SessionRecord, stop: StopState): SessionRecord {
  const startsAt = there.startsAt ?? '';
  const place = {
    roomId: there.roomId ?? '',
    startsAt,
    endsAt: endOf(startsAt, session.durationMinutes),
  };
  const outside = outsideStop(place, stop);
  if (outside !== null) throw outside;
  return { ...session, ...place, reason: null, version: session.version + 1 };
}

function conflictWith({ id, title, startsAt, endsAt }: SessionRecord): Conflict {
  return { sessionId: id, title, startsAt: startsAt ?? '', endsAt: endsAt ?? '' };
}
