import type { Localized, ReleaseChange, TimetableChanges } from '#contracts';
import { compareReleases, inTimetableOrder, type ReleasedSession } from './release.js';

/** The part of a release that a comparison needs. */
export type ComparedRelease = {
  rooms: readonly { id: string; name: Localized }[];
  sessions: readonly ReleasedSession[];
};

type Kind = ReleaseChange['kinds'][number];
type Place = TimetableChanges['added'][number]['from'];

/** Each session that two releases show differently, once, in the order of the timetable. `before` is null for none. */
export function releaseChanges(before: ComparedRelease | null, after: ComparedRelease): ReleaseChange[] {
  const old = before ?? { rooms: [], sessions: [] };
  const lists = compareReleases(old.sessions, after.sessions, { before: old.rooms, after: after.rooms });
  const [wereThere, areThere] = [byId(old.sessions), byId(after.sessions)];
  const changes = new Map<string, ReleaseChange>();
  for (const kind of ['added', 'moved', 'changed', 'removed'] as const) {
    for (const { sessionId, title, from, to } of lists[kind]) {
      const change = changes.get(sessionId) ?? {
        sessionId,
        title,
        kinds: [],
        from: namedPlace(from, old),
        to: namedPlace(to, after),
        speakerIds: {
          before: speakerIds(wereThere.get(sessionId)),
          after: speakerIds(areThere.get(sessionId)),
        },
      };
      changes.set(sessionId, withKind(change, kind));
    }
  }
  return inPlaceOrder([...changes.values()]);
}

function withKind(change: ReleaseChange, kind: Kind): ReleaseChange {
  return { ...change, kinds: [...change.kinds, kind] };
}

function namedPlace(place: Place, { rooms }: ComparedRelease): ReleaseChange['from'] {
  return place && { ...place, roomName: rooms.find(({ id }) => id === place.roomId)?.name ?? null };
}

/** Releases of the first versions know no ids. */
function speakerIds(session: ReleasedSession | undefined): string[] {
  return (session?.speakers ?? []).flatMap(({ id }) => id ?? []);
}

function byId(sessions: readonly ReleasedSession[]): Map<string, ReleasedSession> {
  return new Map(sessions.map((session) => [session.id, session]));
}

/** By where each is now, and what is gone by where it was. */
function inPlaceOrder(changes: readonly ReleaseChange[]): ReleaseChange[] {
  const placed = changes.map((change) => {
    const { roomId = '', startsAt = '' } = change.to ?? change.from ?? {};
    return { change, id: change.sessionId, roomId, startsAt };
  });
  return inTimetableOrder(placed).map(({ change }) => change);
}
