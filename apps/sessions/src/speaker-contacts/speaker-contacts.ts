import type { SpeakersOfSession } from '#contracts';
import type { SessionRecord } from '../sessions/session.js';

/** A session with its speakers as a mail needs them: field by field, so that nothing else slips through. */
export function speakersOfSession(session: SessionRecord): SpeakersOfSession {
  const { id, stopId, companyId, title, status, roomId, startsAt, endsAt, reason, version } = session;
  return {
    sessionId: id,
    stopId,
    companyId,
    title,
    status,
    roomId,
    startsAt,
    endsAt,
    reason,
    speakers: session.speakers.map(({ id: speakerId, name, email, organization, jobTitle, language }) => {
      return { speakerId, name, email, organization, jobTitle, language };
    }),
    version,
  };
}
