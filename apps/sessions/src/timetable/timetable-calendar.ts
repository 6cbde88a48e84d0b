import { inLanguage, type Localized } from '#contracts';
import type { CalendarEntry } from '#calendar';
import { compareReleases, type ReleasedSession } from './release.js';

/**
 * What the calendar of a stop's timetable remembers of each session that was ever released. A release stores the list
 * after it, so that a feed needs only the latest one and numbers can't fall when somebody deletes history.
 */
export type FollowedSession = {
  session: ReleasedSession;
  sequence: number;
  cancelled: boolean;
  /** When the release came out that last changed this entry. */
  changedAt: string;
};

/** The list after a release: every change raises SEQUENCE; what is gone stays as cancelled, and may come back. */
export function followRelease(
  followed: readonly FollowedSession[],
  release: { sessions: readonly ReleasedSession[]; publishedAt: string },
): FollowedSession[] {
  const known = new Map(followed.map((entry) => [entry.session.id, entry]));
  const live = followed.filter((entry) => !entry.cancelled).map((entry) => entry.session);
  const changes = compareReleases(live, release.sessions);
  const touched = new Set(
    [...changes.moved, ...changes.changed, ...changes.added].map((change) => change.sessionId),
  );
  const gone = new Set(changes.removed.map((change) => change.sessionId));
  const present = release.sessions.map((session): FollowedSession => {
    const entry = known.get(session.id);
    if (entry === undefined)
      return { session, sequence: 0, cancelled: false, changedAt: release.publishedAt };
    return touched.has(session.id) ? next(entry, { session, cancelled: false }, release.publishedAt) : entry;
  });
  const here = new Set(release.sessions.map((session) => session.id));
  const absent = followed.filter((entry) => !here.has(entry.session.id));
  return [
    ...present,
    ...absent.map((entry) =>
      gone.has(entry.session.id) ? next(entry, { cancelled: true }, release.publishedAt) : entry,
    ),
  ];
}

/** The list of a stop that was cancelled: the timetable stays readable, and every entry says CANCELLED. */
export function followCancelledStop(
  followed: readonly FollowedSession[],
  cancelledAt: string,
): FollowedSession[] {
  return followed.map((entry) => (entry.cancelled ? entry : next(entry, { cancelled: true }, cancelledAt)));
}

/** The entries of the feed, in the language asked for. `rooms` may lack a room that is gone: it is then left out. */
export function timetableEntries(
  followed: readonly FollowedSession[],
  stop: {
    name: Localized;
    venueName: Localized;
    timeZone: string;
    rooms: readonly { id: string; name: Localized }[];
  },
  lang: 'zh' | 'en',
): CalendarEntry[] {
  const roomNames = new Map(stop.rooms.map((room) => [room.id, room.name]));
  return followed.map(({ session, sequence, cancelled, changedAt }) => {
    const location = [roomNames.get(session.roomId), stop.venueName].flatMap((name) =>
      name ? [inLanguage(name, lang)] : [],
    );
    return {
      uid: `session-${session.id}@waystop`,
      sequence,
      status: cancelled ? 'CANCELLED' : 'CONFIRMED',
      startsAt: session.startsAt,
      endsAt: session.endsAt,
      timeZone: stop.timeZone,
      summary: inLanguage(session.title, lang),
      description: description(session, stop.name, lang),
      location: location.join(', '),
      lastModified: changedAt,
    };
  });
}

function next(
  entry: FollowedSession,
  change: { session?: ReleasedSession; cancelled: boolean },
  changedAt: string,
): FollowedSession {
  return { ...entry, ...change, sequence: entry.sequence + 1, changedAt };
}

function description(session: ReleasedSession, stopName: Localized, lang: 'zh' | 'en'): string {
  const speakers = session.speakers.map((speaker) =>
    [speaker.name, speaker.organization].filter(Boolean).join(' · '),
  );
  const abstract = session.abstract === null ? [] : [inLanguage(session.abstract, lang)];
  return [...speakers, ...abstract, inLanguage(stopName, lang)].join('\n');
}
