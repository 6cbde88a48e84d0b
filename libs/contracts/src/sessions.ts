import { z } from 'zod';
import { event, request } from './contract.js';
import { refuseRepeatedEmails } from './values/repeated-emails.js';
import { Room, Stop } from './stops.js';
import {
  Email,
  Id,
  Instant,
  LocalizedName,
  LocalizedNameInput,
  LocalizedNamePatch,
  LocalizedText,
  LocalizedTextInput,
  LocalizedTextPatch,
  Name,
  Note,
  Page,
  Version,
  integer,
  pageOf,
  line,
  statesOf,
  wholeNumber,
} from './values/values.js';

// ── Sharing sessions ────────────────────────────────────────────────────────────────────────────

export const sessionStatuses = [
  'proposed',
  'accepted',
  'rejected',
  'scheduled',
  'withdrawn',
  'cancelled',
] as const;
export type SessionStatus = (typeof sessionStatuses)[number];
export const sessionKinds = ['sharing', 'keynote', 'panel', 'award', 'workshop'] as const;

/** The bounds of a session's length. */
export const [minSessionMinutes, maxSessionMinutes] = [5, 1_440];
export const maxSpeakers = 50;

const language = z.enum(['zh', 'en']);
const SpeakerInput = z.strictObject({
  name: Name,
  email: Email,
  organization: line(200).nullish(),
  jobTitle: line(200).nullish(),
  language: language.nullish(),
  /** Whether the speaker is a team or an organization that may be in several places at once. Set by organizers only. */
  mayOverlap: z.boolean().nullish(),
});
/** A speaker that came by import may have no address, and is taken back like that. */
const SpeakerPatch = SpeakerInput.extend({ email: Email.nullable() });
/** `email`, `language` and `mayOverlap` are absent where the caller may not see them. */
export const Speaker = z.object({
  name: z.string(),
  email: z.string().nullable().optional(),
  organization: z.string().nullable(),
  jobTitle: z.string().nullable(),
  language: language.nullable().optional(),
  mayOverlap: z.boolean().optional(),
});
export type Speaker = z.output<typeof Speaker>;

const speakersOf = <Input extends typeof SpeakerInput | typeof SpeakerPatch>(speaker: Input) =>
  z.array(speaker).min(1).max(maxSpeakers).superRefine(refuseRepeatedEmails('speaker'));

const durationMinutes = integer(minSessionMinutes, maxSessionMinutes);
const track = line(100);

export const Session = z.object({
  id: z.string(),
  stopId: z.string(),
  companyId: z.string().nullable(),
  title: LocalizedName,
  abstract: LocalizedText.nullable(),
  track: z.string().nullable(),
  kind: z.enum(sessionKinds),
  durationMinutes: z.number().int(),
  speakers: z.array(Speaker),
  language: language.nullable(),
  status: z.enum(sessionStatuses),
  roomId: z.string().nullable(),
  startsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  /** Why it was last rejected, withdrawn, cancelled or unscheduled. */
  reason: z.string().nullable(),
  createdAt: z.string(),
  version: Version,
});
export type Session = z.output<typeof Session>;

export const proposeSession = request('rpc.sessions.propose-session.v1', {
  input: z.strictObject({
    stopId: Id,
    body: z.strictObject({
      title: LocalizedNameInput,
      abstract: LocalizedTextInput.nullish(),
      track: track.nullish(),
      kind: z.enum(sessionKinds),
      durationMinutes,
      speakers: speakersOf(SpeakerInput),
      language: language.nullish(),
    }),
  }),
  output: Session,
  errors: ['resource.not_found', 'company.suspended', 'stop.cancelled', 'session.closed'],
});

export const listSessions = request('rpc.sessions.list-sessions.v1', {
  input: z.strictObject({
    stopId: Id,
    ...Page.shape,
    status: statesOf(sessionStatuses).optional(),
    track: track.optional(),
  }),
  output: pageOf(Session),
  errors: ['resource.not_found'],
});

/**
 * A session as the caller may see it. Whom the stop has not let in sees it as it stands in the latest release, which
 * has none of the members that are optional here.
 */
export const SessionView = Session.partial({
  durationMinutes: true,
  status: true,
  reason: true,
  createdAt: true,
  version: true,
});
export type SessionView = z.output<typeof SessionView>;

export const getSession = request('rpc.sessions.get-session.v1', {
  input: z.strictObject({ id: Id }),
  output: SessionView,
  errors: ['resource.not_found'],
});

export const updateSession = request('rpc.sessions.update-session.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({
      title: LocalizedNamePatch.optional(),
      abstract: LocalizedTextPatch.nullish(),
      track: track.nullish(),
      kind: z.enum(sessionKinds).optional(),
      durationMinutes: durationMinutes.optional(),
      speakers: speakersOf(SpeakerPatch).optional(),
      language: language.nullish(),
    }),
  }),
  output: Session,
  errors: [
    'resource.not_found',
    'precondition.failed',
    'session.invalid_transition',
    'session.closed',
    'stop.cancelled',
    'session.room_conflict',
    'session.speaker_conflict',
    'session.outside_stop',
  ],
});

const move = (verb: 'accept' | 'reject' | 'withdraw' | 'unschedule' | 'cancel') =>
  request(`rpc.sessions.${verb}-session.v1`, {
    input: z.strictObject({ id: Id, body: z.strictObject({ reason: Note.nullish() }).default({}) }),
    output: Session,
    errors: [
      'resource.not_found',
      'precondition.failed',
      'session.invalid_transition',
      'session.closed',
      'stop.cancelled',
    ],
  });

export const acceptSession = move('accept');
export const rejectSession = move('reject');
export const withdrawSession = move('withdraw');
export const unscheduleSession = move('unschedule');
export const cancelSession = move('cancel');

export const scheduleSession = request('rpc.sessions.schedule-session.v1', {
  input: z.strictObject({ id: Id, body: z.strictObject({ roomId: Id, startsAt: Instant }) }),
  output: Session,
  errors: [
    'resource.not_found',
    'precondition.failed',
    'session.invalid_transition',
    'session.room_conflict',
    'session.speaker_conflict',
    'session.outside_stop',
    'session.closed',
    'stop.cancelled',
  ],
});

/** Two scheduled sessions of a stop change places: each starts when and where the other did. */
export const swapSessions = request('rpc.sessions.swap-sessions.v1', {
  input: z.strictObject({ id: Id, body: z.strictObject({ withId: Id }) }),
  output: Session,
  errors: scheduleSession.errors,
});

const BlockedTime = z.object({
  /** `null` where the start would be refused in every room. */
  roomId: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  code: z.enum(['session.room_conflict', 'session.speaker_conflict', 'session.outside_stop']),
  /** The session in the way; without members where there is none. */
  conflict: z.object({ sessionId: z.string().optional(), title: LocalizedName.optional() }),
});
export type BlockedTime = z.output<typeof BlockedTime>;

/** When a session can't start: a start after `from` and before `to` would be refused. In order of `from`. */
export const listBlockedTimes = request('rpc.sessions.list-blocked-times.v1', {
  input: z.strictObject({ id: Id, ...Page.shape }),
  output: pageOf(BlockedTime),
  errors: ['resource.not_found'],
});

/** What other services store of a session: when, where and whether it takes place, and no personal data. */
export const SessionState = z.object({
  sessionId: z.string(),
  stopId: z.string(),
  organizationId: z.string(),
  companyId: z.string().nullable(),
  status: z.enum(sessionStatuses),
  /** Absent in events of earlier releases. */
  title: LocalizedText.optional(),
  roomId: z.string().nullable(),
  startsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  /** One id a speaker, which stays whatever else of the speaker changes; absent in events of earlier releases. */
  speakerIds: z.array(z.string()).optional(),
  /** How many moves of its stop its times follow; absent in events of earlier releases. */
  movesFollowed: z.number().int().nonnegative().optional(),
  version: Version,
});
export type SessionState = z.output<typeof SessionState>;

export const sessionChanged = event('evt.sessions.session-changed.v1', SessionState);

export const getSessionState = request('rpc.sessions.get-session-state.v1', {
  input: z.object({ id: z.string() }),
  output: z.object({ session: SessionState.nullable() }),
});

/** The rooms in which sessions of a stop are scheduled: they cannot be removed. */
export const getRoomsInUse = request('rpc.sessions.get-rooms-in-use.v1', {
  input: z.object({ stopId: z.string() }),
  output: z.object({ roomIds: z.array(z.string()) }),
});

// ── Reviews ─────────────────────────────────────────────────────────────────────────────────────

export const Review = z.object({
  keyId: z.string(),
  score: z.number().int(),
  comment: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const reviewSession = request('rpc.sessions.review-session.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({ score: integer(1, 5), comment: Note.nullish() }),
  }),
  output: Review,
  errors: ['resource.not_found', 'session.closed', 'stop.cancelled'],
});

export const listReviews = request('rpc.sessions.list-reviews.v1', {
  input: z.strictObject({ id: Id, ...Page.shape }),
  output: z.object({
    items: z.array(Review),
    nextCursor: z.string().nullable(),
    averageScore: z.number().nullable(),
  }),
  errors: ['resource.not_found'],
});

// ── Timetable ───────────────────────────────────────────────────────────────────────────────────

const Place = z.object({ roomId: z.string(), startsAt: z.string(), endsAt: z.string() });
const Difference = z.object({
  sessionId: z.string(),
  title: LocalizedName,
  from: Place.nullable(),
  to: Place.nullable(),
});
export const TimetableChanges = z.object({
  added: z.array(Difference),
  moved: z.array(Difference),
  changed: z.array(Difference),
  removed: z.array(Difference),
});
export type TimetableChanges = z.output<typeof TimetableChanges>;

export const TimetableRelease = z.object({
  publishedAt: z.string(),
  note: z.string().nullable(),
  changes: TimetableChanges,
  version: Version,
});
export type TimetableRelease = z.output<typeof TimetableRelease>;

export const releaseTimetable = request('rpc.sessions.release-timetable.v1', {
  input: z.strictObject({ stopId: Id, body: z.strictObject({ note: Note.nullish() }).default({}) }),
  output: TimetableRelease,
  errors: ['resource.not_found', 'stop.cancelled', 'session.closed'],
});

export const listTimetableReleases = request('rpc.sessions.list-timetable-releases.v1', {
  input: z.strictObject({ stopId: Id, ...Page.shape }),
  output: pageOf(TimetableRelease),
  errors: ['resource.not_found'],
});

export const TimetableSession = z.object({
  id: z.string(),
  title: LocalizedName,
  abstract: LocalizedText.nullable(),
  kind: z.enum(sessionKinds),
  track: z.string().nullable(),
  language: language.nullable(),
  speakers: z.array(Speaker.omit({ email: true })),
  companyId: z.string().nullable(),
  roomId: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
});

const releaseNumber = z.union([z.literal('draft'), wholeNumber(1, Number.MAX_SAFE_INTEGER)], {
  error: 'must be "draft" or the number of a release, from 1 on',
});

export const Timetable = z.object({
  /** `version` is `null` for the draft. */
  release: z.object({
    version: Version.nullable(),
    publishedAt: z.string().nullable(),
    note: z.string().nullable(),
  }),
  stop: Stop.pick({
    id: true,
    tourId: true,
    name: true,
    city: true,
    venue: true,
    timeZone: true,
    startsAt: true,
    endsAt: true,
    status: true,
  }),
  rooms: z.array(Room),
  sessions: z.array(TimetableSession),
});
export type Timetable = z.output<typeof Timetable>;

export const getTimetable = request('rpc.sessions.get-timetable.v1', {
  input: z.strictObject({ stopId: Id, release: releaseNumber.optional() }),
  output: Timetable,
  errors: ['resource.not_found', 'auth.required', 'auth.forbidden'],
});

/** How full the sessions of the latest release are. */
export const listSessionSeats = request('rpc.sessions.list-session-seats.v1', {
  input: z.strictObject({ stopId: Id }),
  output: z.object({
    items: z.array(
      z.object({
        sessionId: z.string(),
        total: z.int().meta({ description: "The room's seats" }),
        taken: z.int().meta({ description: 'Delegates who have signed up' }),
      }),
    ),
  }),
  errors: ['resource.not_found'],
});

/** The timetable as an iCalendar object (RFC 5545). */
export const getTimetableCalendar = request('rpc.sessions.get-timetable-calendar.v1', {
  input: z.strictObject({ stopId: Id, release: releaseNumber.optional(), lang: language.default('zh') }),
  output: z.object({ ics: z.string() }),
  errors: ['resource.not_found', 'auth.required', 'auth.forbidden'],
});

/** A release was published, or the released sessions were cancelled: caches drop the timetable. */
export const timetableReleased = event(
  'evt.sessions.timetable-released.v1',
  z.object({ stopId: z.string(), tourId: z.string(), version: Version }),
);
