import {
  formatInstant,
  mergePatch,
  parseOrRefuse,
  proposeSession,
  type InputOf,
  type Session,
  type SessionState,
  type StopState,
  type updateSession,
} from '#contracts';
import { speakersOf, type StoredSpeaker } from './speakers.js';

/** A session as stored. Instants are RFC 3339 in UTC; room and times are there exactly while it is scheduled. */
export type SessionRecord = Omit<Session, 'speakers'> & {
  organizationId: string;
  speakers: StoredSpeaker[];
};

export type SessionDraft = InputOf<typeof proposeSession>['body'];
export type SessionPatch = InputOf<typeof updateSession>['body'];

/** A new session of a stop, without a place. */
export function newSession(
  draft: SessionDraft,
  of: Pick<SessionRecord, 'id' | 'stopId' | 'organizationId' | 'companyId' | 'status'>,
  make: { id: () => string; now: Date },
): SessionRecord {
  const author = of.companyId === null ? 'organizer' : 'company';
  return {
    ...of,
    ...textsOf(draft),
    speakers: speakersOf(draft.speakers, [], author, make.id),
    ...nowhere,
    reason: null,
    createdAt: formatInstant(make.now),
    version: 1,
  };
}

/** The place of a session that has none. */
export const nowhere = { roomId: null, startsAt: null, endsAt: null } as const;

/**
 * The session after a merge patch, its place untouched. Speakers are replaced whole or not at all.
 * Throws `request.invalid` with pointers.
 */
export function patched(
  session: SessionRecord,
  patch: SessionPatch,
  actor: 'organizer' | 'company',
  newId: () => string,
): SessionRecord {
  const { title, abstract, track, kind, durationMinutes, language } = session;
  const { speakers, ...texts } = patch;
  const body = proposeSession.input.shape.body.omit({ speakers: true });
  const merged = mergePatch({ title, abstract, track, kind, durationMinutes, language }, texts);
  return {
    ...session,
    ...textsOf(parseOrRefuse(body, merged, ['body'])),
    speakers:
      speakers === undefined ? session.speakers : speakersOf(speakers, session.speakers, actor, newId),
  };
}

function textsOf(draft: Omit<SessionDraft, 'speakers'>) {
  const { title, abstract, track, kind, durationMinutes, language } = draft;
  return {
    title,
    abstract: abstract ?? null,
    track: track ?? null,
    kind,
    durationMinutes,
    language: language ?? null,
  };
}

/** What other services keep of it. @param stop the state of its stop that its place follows */
export function stateOf(session: SessionRecord, stop: Pick<StopState, 'moves'>): SessionState {
  const { id, stopId, organizationId, companyId, status, title, roomId, startsAt, endsAt, version } = session;
  const speakerIds = session.speakers.map((speaker) => speaker.id);
  return {
    sessionId: id,
    stopId,
    organizationId,
    companyId,
    status,
    title,
    roomId,
    startsAt,
    endsAt,
    speakerIds,
    movesFollowed: stop.moves.length,
    version,
  };
}

/** What the audit keeps: what it is called, its state and its place; of the speakers only how many there are. */
export function auditedOf(session: SessionRecord): object {
  const { stopId, companyId, title, kind, track, durationMinutes, status, roomId, startsAt, endsAt } =
    session;
  const speakers = session.speakers.length;
  return {
    stopId,
    companyId,
    title,
    kind,
    track,
    durationMinutes,
    speakers,
    status,
    roomId,
    startsAt,
    endsAt,
  };
}
