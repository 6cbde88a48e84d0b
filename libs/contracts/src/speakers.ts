import { z } from 'zod';
import { request } from './contract.js';
import { Session, TimetableRelease, sessionStatuses } from './sessions.js';
import { Stop } from './stops.js';
import { Id, LocalizedName, Page, integer, pageOf } from './values/values.js';

// Requests of notifications alone (see `requestsBetweenServices`): what a mail to speakers says, and where it goes.

const maxSessionsAtOnce = 200;

/** A speaker as a mail needs it. The id stays while name, address or anything else of the speaker changes. */
export const SpeakerContact = z.object({
  speakerId: z.string(),
  name: z.string(),
  /** `null` for a speaker who came by import without one, and once addresses were erased. */
  email: z.string().nullable(),
  organization: z.string().nullable(),
  jobTitle: z.string().nullable(),
  language: Session.shape.language,
});

/** A session as it is now, with its speakers. */
export const SpeakersOfSession = Session.pick({
  stopId: true,
  companyId: true,
  title: true,
  status: true,
  roomId: true,
  startsAt: true,
  endsAt: true,
  reason: true,
}).extend({
  sessionId: z.string(),
  speakers: z.array(SpeakerContact),
  version: Session.shape.version,
});
export type SpeakersOfSession = z.output<typeof SpeakersOfSession>;

/** The speakers of some sessions at this moment, in the order of the ids; an unknown session is left out. */
export const getSpeakers = request('rpc.sessions.get-speakers.v1', {
  input: z.object({ sessionIds: z.array(Id).max(maxSessionsAtOnce) }),
  output: z.object({ sessions: z.array(SpeakersOfSession) }),
});

/** The speakers of a stop's sessions in some states (by default accepted and scheduled), oldest session first. */
export const listSpeakers = request('rpc.sessions.list-speakers.v1', {
  input: z.object({
    stopId: Id,
    statuses: z.array(z.enum(sessionStatuses)).optional(),
    ...Page.shape,
  }),
  output: pageOf(SpeakersOfSession),
});

const NamedPlace = z.object({
  roomId: z.string(),
  /** As that release has it; `null` for a room that it does not know. */
  roomName: LocalizedName.nullable(),
  startsAt: z.string(),
  endsAt: z.string(),
});

export const releaseChangeKinds = ['added', 'moved', 'changed', 'removed'] as const;

export const ReleaseChange = z.object({
  sessionId: z.string(),
  title: LocalizedName,
  /** `moved` and `changed` may come together. */
  kinds: z.array(z.enum(releaseChangeKinds)),
  from: NamedPlace.nullable(),
  to: NamedPlace.nullable(),
  /** The speakers in the earlier release and in this one. Releases of the first versions know no ids. */
  speakerIds: z.object({ before: z.array(z.string()), after: z.array(z.string()) }),
});
export type ReleaseChange = z.output<typeof ReleaseChange>;

/**
 * What a release changed, against the release `since` (by default the one before, 0 for none), in the order of the
 * timetable. Releases never change, so the answer does not either.
 */
export const getReleaseChanges = request('rpc.sessions.get-release-changes.v1', {
  input: z.object({
    stopId: Id,
    release: integer(1, 2_147_483_647),
    since: integer(0, 2_147_483_647).optional(),
    ...Page.shape,
  }),
  output: z.object({
    release: TimetableRelease.pick({ publishedAt: true, note: true }).extend({ number: z.number().int() }),
    /** As the release shows it. */
    stop: Stop.pick({ id: true, tourId: true, name: true, city: true, venue: true, timeZone: true }),
    items: z.array(ReleaseChange),
    nextCursor: z.string().nullable(),
  }),
  errors: ['resource.not_found'],
});
