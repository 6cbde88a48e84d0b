import type { Timetable, TimetableChanges } from '#contracts/sessions';

type Released = Pick<Timetable, 'rooms' | 'sessions'>;
type ReleasedSession = Timetable['sessions'][number];
type Difference = TimetableChanges['added'][number];

/** What a release of the draft would change; the service compares alike when it makes one. */
export function differenceOf(before: Released | null, draft: Released): TimetableChanges {
  const old = new Map(before?.sessions.map((one) => [one.id, one]));
  const now = new Set(draft.sessions.map(({ id }) => id));
  const renamed = renamedRooms(before, draft);
  const kept = draft.sessions.flatMap((to) => {
    const from = old.get(to.id);
    return from === undefined ? [] : [{ from, to }];
  });
  return {
    added: draft.sessions.filter(({ id }) => !old.has(id)).map((to) => difference(null, to)),
    moved: kept.filter(({ from, to }) => hasMoved(from, to)).map(({ from, to }) => difference(from, to)),
    changed: kept
      .filter(({ from, to }) => contentOf(from) !== contentOf(to) || renamed.has(to.roomId))
      .map(({ from, to }) => difference(from, to)),
    removed: [...old.values()].filter(({ id }) => !now.has(id)).map((from) => difference(from, null)),
  };
}

export function isEmpty({ added, moved, changed, removed }: TimetableChanges): boolean {
  return added.length + moved.length + changed.length + removed.length === 0;
}

function hasMoved(from: ReleasedSession, to: ReleasedSession): boolean {
  const isSame =
    from.roomId === to.roomId &&
    Date.parse(from.startsAt) === Date.parse(to.startsAt) &&
    Date.parse(from.endsAt) === Date.parse(to.endsAt);
  return !isSame;
}

/** What readers see of a session apart from its place. */
function contentOf({ title, abstract, kind, track, language, speakers }: ReleasedSession): string {
  const people = speakers.map(({ name, organization, jobTitle }) => [name, organization, jobTitle]);
  return JSON.stringify([title.zh, title.en, abstract?.zh, abstract?.en, kind, track, language, people]);
}

function renamedRooms(before: Released | null, draft: Released): Set<string> {
  const old = new Map(before?.rooms.map(({ id, name }) => [id, JSON.stringify([name.zh, name.en])]));
  return new Set(
    draft.rooms
      .filter(({ id, name }) => old.has(id) && old.get(id) !== JSON.stringify([name.zh, name.en]))
      .map(({ id }) => id),
  );
}

function difference(from: ReleasedSession | null, to: ReleasedSession | null): Difference {
  const shown = to ?? from;
  return {
    sessionId: shown?.id ?? '',
    title: shown?.title ?? {},
    from: from && placeOf(from),
    to: to && placeOf(to),
  };
}

function placeOf({ roomId, startsAt, endsAt }: ReleasedSession): NonNullable<Difference['to']> {
  return { roomId, startsAt, endsAt };
}
