import { inLanguage, type Localized } from '#contracts';
import type { CalendarEntry } from '#calendar';
import { compareReleases, type ReleasedSession } from './release.js';

/** Where calendars show a stop's sessions: what a release knows of its stop. */
export type CalendarFrame = {
  name: Localized;
  venueName: Localized;
  timeZone: string;
  /** Where the venue is; absent in releases of earlier versions. */
  geo?: { lat: number; lon: number } | null;
  rooms: readonly { id: string; name: Localized }[];
};

/** The part of the frame that one entry shows. A room that nobody knows is left out. */
type Location = Omit<CalendarFrame, 'rooms'> & { roomName: Localized | null };

/**
 * What the calendar of a stop's timetable remembers of each session that was ever released. A release stores the list
 * after it, so that a feed needs only the latest one and numbers can't fall when somebody deletes history.
 */
export type FollowedSession = {
  session: ReleasedSession;
  where: Location;
  sequence: number;
  cancelled: boolean;
  /** Why the session, or with it the whole stop, was taken off. */
  reason?: string | null;
  /** When the release came out that last changed this entry. */
  changedAt: string;
};

/**
 * The list after a release: every change of what an entry shows raises SEQUENCE, a renamed room or venue too; what is
 * gone stays as cancelled, and may come back.
 */
export function followRelease(
  followed: readonly FollowedSession[],
  release: {
    sessions: readonly ReleasedSession[];
    publishedAt: string;
    stop: CalendarFrame;
    /** Why sessions are not in the release any more, by their ids. */
    reasons?: ReadonlyMap<string, string>;
  },
): FollowedSession[] {
  const known = new Map(followed.map((entry) => [entry.session.id, entry]));
  const live = followed.filter((entry) => !entry.cancelled).map((entry) => entry.session);
  const changes = compareReleases(live, release.sessions);
  const touched = new Set(
    [...changes.moved, ...changes.changed, ...changes.added].map((change) => change.sessionId),
  );
  const present = release.sessions.map((session): FollowedSession => {
    const entry = known.get(session.id);
    const shown = { session, where: locationOf(session, release.stop), cancelled: false };
    if (entry === undefined) return { ...shown, sequence: 0, changedAt: release.publishedAt };
    const same = !touched.has(session.id) && locationKey(entry.where) === locationKey(shown.where);
    return same ? entry : next(entry, { ...shown, reason: null }, release.publishedAt);
  });
  const here = new Set(release.sessions.map((session) => session.id));
  const absent = followed.filter((entry) => !here.has(entry.session.id));
  return [
    ...present,
    ...absent.map((entry) =>
      takenOff(entry, release.publishedAt, release.reasons?.get(entry.session.id) ?? null),
    ),
  ];
}

/** The list of a stop that was cancelled: the timetable stays readable, and every entry says CANCELLED. */
export function followCancelledStop(
  followed: readonly FollowedSession[],
  cancelledAt: string,
  reason: string | null = null,
): FollowedSession[] {
  return followed.map((entry) => takenOff(entry, cancelledAt, reason));
}

/** What is cancelled already stays as it is, with its own reason. */
function takenOff(entry: FollowedSession, at: string, reason: string | null): FollowedSession {
  return entry.cancelled ? entry : next(entry, { cancelled: true, reason }, at);
}

/** The sessions that a release would take off, by the list before it. */
export function takenOffBy(
  followed: readonly FollowedSession[],
  sessions: readonly { id: string }[],
): string[] {
  const present = new Set(sessions.map(({ id }) => id));
  return followed.flatMap(({ session, cancelled }) =>
    cancelled || present.has(session.id) ? [] : [session.id],
  );
}

/** The entries of the feed, in the language asked for. */
export function timetableEntries(followed: readonly FollowedSession[], lang: 'zh' | 'en'): CalendarEntry[] {
  return followed.map(({ session, where, sequence, cancelled, reason, changedAt }) => {
    const location = [where.roomName, where.venueName].flatMap((name) =>
      name === null ? [] : [inLanguage(name, lang)],
    );
    return {
      uid: `session-${session.id}@waystop`,
      sequence,
      status: cancelled ? 'CANCELLED' : 'CONFIRMED',
      startsAt: session.startsAt,
      endsAt: session.endsAt,
      timeZone: where.timeZone,
      summary: inLanguage(session.title, lang),
      description: [...description(session, where.name, lang), ...cancellation(reason, lang)].join('\n'),
      location: location.join(', '),
      geo: where.geo ?? null,
      lastModified: changedAt,
    };
  });
}

function locationOf(session: ReleasedSession, stop: CalendarFrame): Location {
  const { name, venueName, timeZone, geo = null, rooms } = stop;
  return {
    name,
    venueName,
    timeZone,
    geo,
    roomName: rooms.find((room) => room.id === session.roomId)?.name ?? null,
  };
}

/** Equal for equal places, whatever order a store gave the languages. */
function locationKey({ name, venueName, timeZone, geo, roomName }: Location): string {
  const texts = [name, venueName, roomName].map((text) => [text?.zh, text?.en]);
  return JSON.stringify([...texts, timeZone, geo?.lat, geo?.lon]);
}

function next(
  entry: FollowedSession,
  change: Partial<Pick<FollowedSession, 'session' | 'where' | 'reason'>> & { cancelled: boolean },
  changedAt: string,
): FollowedSession {
  return { ...entry, ...change, sequence: entry.sequence + 1, changedAt };
}

/** Calendars hide what is cancelled at different places, so the reason stands where all of them show a text. */
function cancellation(reason: string | null | undefined, lang: 'zh' | 'en'): string[] {
  if (reason === null || reason === undefined) return [];
  return [lang === 'zh' ? `已取消：${reason}` : `Cancelled: ${reason}`];
}

function description(session: ReleasedSession, stopName: Localized, lang: 'zh' | 'en'): string[] {
  const speakers = session.speakers.map((speaker) =>
    [speaker.name, speaker.organization].filter(Boolean).join(' · '),
  );
  const abstract = session.abstract === null ? [] : [inLanguage(session.abstract, lang)];
  return [...speakers, ...abstract, inLanguage(stopName, lang)];
}
