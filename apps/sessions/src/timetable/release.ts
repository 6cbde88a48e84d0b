import type { Localized, TimetableChanges } from '#contracts';

export type ReleasedSpeaker = {
  /** Finds the stored speaker again; never shown. Absent in releases of earlier versions. */
  id?: string;
  name: string;
  organization: string | null;
  jobTitle: string | null;
};

/** A scheduled session as a release keeps it for good. Speakers carry no e-mail address: a release is public. */
export type ReleasedSession = {
  id: string;
  title: Localized;
  abstract: Localized | null;
  kind: 'sharing' | 'keynote' | 'panel' | 'award' | 'workshop';
  track: string | null;
  language: 'zh' | 'en' | null;
  speakers: ReleasedSpeaker[];
  companyId: string | null;
  roomId: string;
  startsAt: string;
  endsAt: string;
  /** Which revision of its imported entry the release shows in its exports; never shown itself. */
  sourceRevision?: number;
};

type Difference = TimetableChanges['added'][number];
type ScheduledSession = Omit<ReleasedSession, 'speakers'> & {
  speakers: readonly (ReleasedSpeaker & { email?: unknown })[];
};
type Rooms = readonly { id: string; name: Localized }[];

/** The part of a scheduled session that a release keeps, field by field, so that nothing else can slip through. */
export function releasedSession(session: ScheduledSession): ReleasedSession {
  const { id, title, abstract, kind, track, language, companyId, roomId, startsAt, endsAt } = session;
  const speakers = session.speakers.map(({ id: speakerId, name, organization, jobTitle }) => ({
    ...(speakerId === undefined ? {} : { id: speakerId }),
    name,
    organization,
    jobTitle,
  }));
  return { id, title, abstract, kind, track, language, speakers, companyId, roomId, startsAt, endsAt };
}

/** The part of a released session that anybody may see. */
export function publicSession(session: ReleasedSession): ReleasedSession {
  const speakers = session.speakers.map(({ name, organization, jobTitle }) => ({
    name,
    organization,
    jobTitle,
  }));
  return { ...releasedSession(session), speakers };
}

/** The order of a timetable: by start, then by room and id so that equal contents are equal lists. */
export function inTimetableOrder<S extends { startsAt: string; roomId: string; id: string }>(
  sessions: readonly S[],
): S[] {
  const key = (session: S): string =>
    `${new Date(session.startsAt).toISOString()} ${session.roomId} ${session.id}`;
  return [...sessions].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/**
 * What a release changes against the one before. A session that moved and was reworded stands in both lists, since
 * each says something of its own; one that is new or gone only in `added` or `removed`. A session is `changed` as well when
 * its room has another name. Titles are the newest known.
 */
export function compareReleases(
  before: readonly ReleasedSession[],
  after: readonly ReleasedSession[],
  rooms: { before: Rooms; after: Rooms } = { before: [], after: [] },
): TimetableChanges {
  const old = new Map(before.map((session) => [session.id, session]));
  const present = new Set(after.map((session) => session.id));
  const renamed = renamedRooms(rooms.before, rooms.after);
  const kept = inTimetableOrder(after).flatMap((to) => {
    const from = old.get(to.id);
    return from === undefined ? [] : [{ from, to }];
  });
  return {
    added: inTimetableOrder(after.filter((s) => !old.has(s.id))).map((to) => difference(null, to)),
    moved: kept.filter(({ from, to }) => hasMoved(from, to)).map(({ from, to }) => difference(from, to)),
    changed: kept
      .filter(({ from, to }) => hasChanged(from, to) || renamed.has(to.roomId))
      .map(({ from, to }) => difference(from, to)),
    removed: inTimetableOrder(before.filter((s) => !present.has(s.id))).map((from) => difference(from, null)),
  };
}

/** The rooms of both releases that have another name in the second. */
function renamedRooms(before: Rooms, after: Rooms): Set<string> {
  const nameText = ({ zh, en }: Localized): string => JSON.stringify([zh, en]);
  const old = new Map(before.map(({ id, name }) => [id, nameText(name)]));
  return new Set(
    after.flatMap(({ id, name }) => {
      const text = old.get(id);
      return text === undefined || text === nameText(name) ? [] : [id];
    }),
  );
}

function difference(from: ReleasedSession | null, to: ReleasedSession | null): Difference {
  const titled = to ?? from;
  return { sessionId: titled?.id ?? '', title: titled?.title ?? {}, from: place(from), to: place(to) };
}

function place(session: ReleasedSession | null): Difference['from'] {
  return session && { roomId: session.roomId, startsAt: session.startsAt, endsAt: session.endsAt };
}

function hasMoved(a: ReleasedSession, b: ReleasedSession): boolean {
  return (
    a.roomId !== b.roomId ||
    Date.parse(a.startsAt) !== Date.parse(b.startsAt) ||
    Date.parse(a.endsAt) !== Date.parse(b.endsAt)
  );
}

/** Texts and speakers: all that is shown except where, when and whose. */
function hasChanged(a: ReleasedSession, b: ReleasedSession): boolean {
  return shownText(a) !== shownText(b);
}

function shownText(session: ReleasedSession): string {
  const { title, abstract, kind, track, language } = session;
  const speakers = session.speakers.map((s) => [s.name, s.organization, s.jobTitle]);
  return JSON.stringify([title.zh, title.en, abstract?.zh, abstract?.en, kind, track, language, speakers]);
}
