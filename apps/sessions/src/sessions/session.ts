import {
  formatInstant,
  mergePatch,
  parseOrRefuse,
  proposeSession,
  type InputOf,
  type Session,
  type SessionState,
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
  now: Date,
): SessionRecord {
  return {
    ...of,
    ...textsOf(draft),
    speakers: speakersOf(draft.speakers),
    ...nowhere,
    reason: null,
    createdAt: formatInstant(now),
    version: 1,
  };
}

/** The place of a session that has none. */
export const nowhere = { roomId: null, startsAt: null, endsAt: null } as const;

/**
 * The session after a merge patch, its place untouched. Speakers are replaced whole or not at all, so that imported
 * ones without an e-mail address survive a patch of the title. Throws `request.invalid` with pointers.
 */
export function patched(session: SessionRecord, patch: SessionPatch): SessionRecord {
  const { title, abstract, track, kind, durationMinutes, language } = session;
  const { speakers, ...texts } = patch;
  const body = proposeSession.input.shape.body.omit({ speakers: true });
  const merged = mergePatch({ title, abstract, track, kind, durationMinutes, language }, texts);
  return {
    ...session,
    ...textsOf(parseOrRefuse(body, merged, ['body'])),
    speakers: speakers === undefined ? session.speakers : speakersOf(speakers),
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

/** What neighbours keep of it. */
export function stateOf(session: SessionRecord): SessionState {
  const { id, stopId, organizationId, companyId, status, roomId, startsAt, endsAt, version } = session;
  return { sessionId: id, stopId, organizationId, companyId, status, roomId, startsAt, endsAt, version };
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
