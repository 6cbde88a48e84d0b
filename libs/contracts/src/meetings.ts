import { z } from 'zod';
import { event, request } from './contract.js';
import { ExportedFile } from './exported-file.js';
import { Id, Instant, Note, Page, Version, integer, line, pageOf, statesOf, text } from './values/values.js';

// ── Rules ───────────────────────────────────────────────────────────────────────────────────────

/** Slots of a stop at most. */
export const maxSlots = 1_000;
const minutes = integer(5, 240);

const Slots = z.union([
  z.strictObject({ from: Instant, to: Instant, minutes, breakMinutes: integer(0, 1_440).default(0) }),
  z.strictObject({ minutes, starts: z.array(Instant).min(1).max(maxSlots) }),
]);
export type SlotsGiven = z.output<typeof Slots>;

const rules = {
  scheduling: z.enum(['organizer', 'participants']),
  slots: Slots,
  tables: integer(1, 500),
  requestQuota: integer(1, 1_000).default(10),
  expiresHours: integer(1, 720).default(72),
  opensAt: Instant,
  closesAt: Instant,
};

const shownSlots = z.union([
  z.object({
    from: z.string(),
    to: z.string(),
    minutes: z.number().int(),
    breakMinutes: z.number().int(),
  }),
  z.object({ minutes: z.number().int(), starts: z.array(z.string()) }),
]);

export const MeetingRules = z.object({
  stopId: z.string(),
  scheduling: rules.scheduling,
  slots: shownSlots,
  tables: z.number().int(),
  requestQuota: z.number().int(),
  expiresHours: z.number().int(),
  opensAt: z.string(),
  closesAt: z.string(),
  /** When meetings can begin, in order of time. */
  starts: z.array(z.string()),
  version: Version,
});
export type MeetingRules = z.output<typeof MeetingRules>;

export const setMeetingRules = request('rpc.matching.set-meeting-rules.v1', {
  input: z.strictObject({ stopId: Id, body: z.strictObject(rules) }),
  output: MeetingRules,
  errors: [
    'resource.not_found',
    'precondition.failed',
    'meeting.slots_in_use',
    'meeting.closed',
    'stop.cancelled',
  ],
});

export const getMeetingRules = request('rpc.matching.get-meeting-rules.v1', {
  input: z.strictObject({ stopId: Id }),
  output: MeetingRules,
  errors: ['resource.not_found'],
});

// ── Who comes ───────────────────────────────────────────────────────────────────────────────────

const Unavailable = z
  .strictObject({ from: Instant, to: Instant })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
    error: 'must begin before it ends',
    path: ['to'],
  })
  .meta({ examples: [{ from: '2027-01-16T13:00:00+08:00', to: '2027-01-16T14:00:00+08:00' }] });

export const MeetingAttendance = z.object({
  companyId: z.string(),
  delegateIds: z.array(z.string()),
  unavailable: z.array(z.object({ from: z.string(), to: z.string() })),
  maxMeetings: z.number().int().nullable(),
});
export type MeetingAttendance = z.output<typeof MeetingAttendance>;

export const setMeetingAttendance = request('rpc.matching.set-meeting-attendance.v1', {
  input: z.strictObject({
    stopId: Id,
    body: z.strictObject({
      delegateIds: z
        .array(Id)
        .min(1)
        .max(1_000)
        .refine((ids) => new Set(ids).size === ids.length, { error: 'must name each delegate once' }),
      unavailable: z.array(Unavailable).max(100).default([]),
      maxMeetings: integer(1, 1_000).nullish(),
    }),
  }),
  output: MeetingAttendance,
  errors: ['resource.not_found', 'meeting.not_attending', 'meeting.closed', 'stop.cancelled'],
});

/** A company sees its own alone. */
export const getMeetingAttendance = request('rpc.matching.get-meeting-attendance.v1', {
  input: z.strictObject({ stopId: Id, ...Page.shape }),
  output: pageOf(MeetingAttendance).partial().extend(MeetingAttendance.partial().shape),
  errors: ['resource.not_found', 'meeting.not_attending'],
});

// ── Meetings ────────────────────────────────────────────────────────────────────────────────────

export const meetingStatuses = [
  'requested',
  'accepted',
  'scheduled',
  'held',
  'missed',
  'declined',
  'withdrawn',
  'expired',
  'cancelled',
  'unplaced',
] as const;
export type MeetingStatus = (typeof meetingStatuses)[number];
export const missedBy = ['asker', 'asked', 'both'] as const;

/** Of the other side all but `id` is `null` until both sides agreed and said that they may know it. */
const MeetingDelegate = z.object({
  id: z.string(),
  name: z.string().nullable(),
  jobTitle: z.string().nullable(),
  email: z.string().nullable(),
  mobile: z.string().nullable(),
});

export const Meeting = z.object({
  id: z.string(),
  stopId: z.string(),
  askerId: z.string(),
  askedId: z.string(),
  listingId: z.string().nullable(),
  message: z.string().nullable(),
  status: z.enum(meetingStatuses),
  /** Why it was declined, withdrawn or cancelled, or lost its place. */
  reason: z.string().nullable(),
  missed: z.enum(missedBy).nullable(),
  startsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  tableNo: z.number().int().nullable(),
  delegates: z.object({ asker: MeetingDelegate.nullable(), asked: MeetingDelegate.nullable() }),
  createdAt: z.string(),
  version: Version,
});
export type Meeting = z.output<typeof Meeting>;

export const requestMeeting = request('rpc.matching.request-meeting.v1', {
  input: z.strictObject({
    stopId: Id,
    body: z.strictObject({ companyId: Id, listingId: Id.nullish(), message: text(500).nullish() }),
  }),
  output: Meeting,
  errors: [
    'resource.not_found',
    'meeting.not_attending',
    'meeting.closed',
    'meeting.unwanted',
    'meeting.duplicate',
    'meeting.quota_reached',
    'listing.personal_data',
  ],
});

export const listMeetings = request('rpc.matching.list-meetings.v1', {
  input: z.strictObject({ stopId: Id, ...Page.shape, status: statesOf(meetingStatuses).optional() }),
  output: pageOf(Meeting),
  errors: ['resource.not_found', 'meeting.not_attending'],
});

const exportedMeetings = {
  input: z.strictObject({ stopId: Id, status: statesOf(meetingStatuses).optional() }),
  output: ExportedFile,
  errors: ['resource.not_found', 'request.too_large'],
} as const;

/** One row a meeting, requests among them: companies, times and tables, nothing of persons. */
export const exportMeetingsCsv = request('rpc.matching.export-meetings-csv.v1', exportedMeetings);
export const exportMeetingsXlsx = request('rpc.matching.export-meetings-xlsx.v1', exportedMeetings);

export const getMeeting = request('rpc.matching.get-meeting.v1', {
  input: z.strictObject({ id: Id }),
  output: Meeting,
  errors: ['resource.not_found'],
});

const moveErrors = ['resource.not_found', 'precondition.failed', 'meeting.invalid_transition'] as const;
const placeErrors = [
  ...moveErrors,
  'meeting.table_conflict',
  'meeting.person_conflict',
  'meeting.limit_reached',
  'meeting.outside_slots',
] as const;
const consent = z.strictObject({ textVersion: line(100) }).nullish();

export const acceptMeeting = request('rpc.matching.accept-meeting.v1', {
  input: z.strictObject({ id: Id, body: z.strictObject({ delegateId: Id, consent }) }),
  output: Meeting,
  errors: [...moveErrors, 'consent.required'],
});

const move = (verb: 'decline' | 'withdraw' | 'cancel' | 'unschedule') =>
  request(`rpc.matching.${verb}-meeting.v1`, {
    input: z.strictObject({ id: Id, body: z.strictObject({ reason: Note.nullish() }).default({}) }),
    output: Meeting,
    errors: moveErrors,
  });

export const declineMeeting = move('decline');
export const withdrawMeeting = move('withdraw');
export const cancelMeeting = move('cancel');
export const unscheduleMeeting = move('unschedule');

export const setMeetingDelegate = request('rpc.matching.set-meeting-delegate.v1', {
  input: z.strictObject({ id: Id, body: z.strictObject({ delegateId: Id, consent }) }),
  output: Meeting,
  errors: [...moveErrors, 'consent.required', 'meeting.person_conflict'],
});

export const scheduleMeeting = request('rpc.matching.schedule-meeting.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({ startsAt: Instant, tableNo: integer(1, 500).nullish() }),
  }),
  output: Meeting,
  errors: placeErrors,
});

export const recordMeetingAttendance = request('rpc.matching.record-meeting-attendance.v1', {
  input: z.strictObject({
    id: Id,
    body: z.union([z.strictObject({ held: z.literal(true) }), z.strictObject({ missed: z.enum(missedBy) })]),
  }),
  output: Meeting,
  errors: [...moveErrors, 'meeting.too_early'],
});

export const checkInMeeting = request('rpc.matching.check-in-meeting.v1', {
  input: z.strictObject({ stopId: Id, body: z.strictObject({ badge: line(200) }) }),
  output: Meeting,
  errors: ['resource.not_found', 'badge.unknown', 'badge.wrong_stop', 'badge.not_valid', 'meeting.too_early'],
});

/** Delegates that are asked for at once: as many as one batch of sign-ups has. */
const maxAskedTimes = 200_000;

/** When people have scheduled meetings. */
export const getMeetingTimes = request('rpc.matching.get-meeting-times.v1', {
  input: z.object({ delegateIds: z.array(z.string()).max(maxAskedTimes) }),
  output: z.object({
    times: z.array(z.object({ delegateId: z.string(), from: z.string(), to: z.string() })),
  }),
});

/** Makes the token by which calendar programs read the company's meetings; the one of before ends. */
export const createCalendarFeed = request('rpc.matching.create-calendar-feed.v1', {
  input: z.strictObject({}),
  output: z.object({ token: z.string(), href: z.string() }),
});

/** A company's meetings that have or had a place; those that lost it are cancelled entries. */
export const getMeetingsCalendar = request('rpc.matching.get-meetings-calendar.v1', {
  input: z.strictObject({ feed: line(100).optional(), lang: z.enum(['zh', 'en']).default('zh') }),
  output: z.object({ ics: z.string() }),
  errors: ['resource.not_found', 'auth.required'],
});

/** What other services keep of a meeting: ids and times, nothing of persons. */
export const MeetingState = z.object({
  meetingId: z.string(),
  stopId: z.string(),
  tourId: z.string(),
  organizationId: z.string(),
  askerId: z.string(),
  askedId: z.string(),
  /** Whether the asked company must not learn of it. */
  concealed: z.boolean(),
  status: z.enum(meetingStatuses),
  missed: z.enum(missedBy).nullable(),
  startsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  tableNo: z.number().int().nullable(),
  delegateIds: z.object({ asker: z.string().nullable(), asked: z.string().nullable() }),
  version: Version,
});
export type MeetingState = z.output<typeof MeetingState>;

/** The present states of meetings whose events have not arrived yet. */
export const getMeetingStates = request('rpc.matching.get-meeting-states.v1', {
  input: z.object({ ids: z.array(Id).max(1_000) }),
  output: z.object({ meetings: z.array(MeetingState) }),
});

const MeetingParty = z.object({
  companyId: z.string(),
  /** Who comes; null while the meeting has no place, or nobody is left to come. */
  delegateId: z.string().nullable(),
  registrationId: z.string().nullable(),
});

/** What mails need of a meeting: its place, and who comes to it, by ids. */
export const MeetingPeople = z.object({
  meetingId: z.string(),
  stopId: z.string(),
  status: z.enum(meetingStatuses),
  reason: z.string().nullable(),
  startsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  tableNo: z.number().int().nullable(),
  asker: MeetingParty,
  asked: MeetingParty,
});
export type MeetingPeople = z.output<typeof MeetingPeople>;

/** Meetings as they are now, with who comes; unknown ones are missing. */
export const getMeetingPeople = request('rpc.matching.get-meeting-people.v1', {
  input: z.object({ ids: z.array(Id).max(200) }),
  output: z.object({ meetings: z.array(MeetingPeople) }),
});

export const meetingChanged = event('evt.matching.meeting-changed.v1', MeetingState);
