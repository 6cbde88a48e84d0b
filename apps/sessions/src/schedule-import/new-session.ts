import type { StopState } from '#contracts';
import { endOf } from '../sessions/placement.js';
import type { SessionRecord } from '../sessions/session.js';
import type { StoredSpeaker } from '../sessions/speakers.js';
import type { ImportedEntry } from './import-schedule.js';

export type Make = { id: () => string; now: string };

/** An organizer's own talk, accepted and in its place at once. */
export function newSession(entry: ImportedEntry, stop: StopState, roomId: string, make: Make): SessionRecord {
  const { title, abstract, track, kind, durationMinutes, language, startsAt } = entry;
  return {
    id: make.id(),
    stopId: stop.id,
    organizationId: stop.organizationId,
    companyId: null,
    title,
    abstract,
    track,
    kind,
    durationMinutes,
    speakers: entry.speakers.map((speaker) => newSpeaker(speaker, make)),
    language,
    status: 'scheduled',
    roomId,
    startsAt,
    endsAt: endOf(startsAt, durationMinutes),
    reason: null,
    createdAt: make.now,
    version: 1,
  };
}

export function newSpeaker(
  { name, email, personKey }: ImportedEntry['speakers'][number],
  make: Make,
): StoredSpeaker {
  return {
    id: make.id(),
    name,
    email,
    personKey,
    organization: null,
    jobTitle: null,
    language: null,
    mayOverlap: false,
  };
}
