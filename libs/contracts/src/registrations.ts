import { z } from 'zod';
import { request } from './contract.js';
import { ExportedFile } from './exported-file.js';
import { Contact } from './accounts.js';
import { registrationStates } from './stops.js';
import {
  Email,
  Id,
  LocalizedName,
  Name,
  Note,
  Page,
  PhoneNumber,
  ReportedInstant,
  Version,
  Warnings,
  pageOf,
  line,
  statesOf,
  wholeNumber,
} from './values/values.js';

// ── Delegations ─────────────────────────────────────────────────────────────────────────────────

export const registrationStatuses = ['confirmed', 'pending', 'waitlisted', 'declined', 'cancelled'] as const;
export type RegistrationStatus = (typeof registrationStatuses)[number];

/** In which a delegate reads mails. */
export const delegateLanguages = ['zh', 'en'] as const;

const DelegateInput = z.strictObject({
  name: Name,
  email: Email,
  mobile: PhoneNumber.nullish(),
  jobTitle: line(200).nullish(),
  language: z.enum(delegateLanguages).nullish(),
});
export type DelegateInput = z.output<typeof DelegateInput>;

export const Delegate = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  mobile: z.string().nullable(),
  jobTitle: z.string().nullable(),
  language: z.enum(delegateLanguages).nullable(),
  /** Present while the delegation is confirmed. */
  badge: z.string().nullable(),
});
export type Delegate = z.output<typeof Delegate>;

export const Registration = z.object({
  id: z.string(),
  stopId: z.string(),
  companyId: z.string(),
  status: z.enum(registrationStatuses),
  seats: z.number().int(),
  waitlistPosition: z.number().int().nullable(),
  delegates: z.array(Delegate),
  /** The gateway adds `contact` for the organizer of the stop; it is `null` while accounts is unavailable. */
  company: z.object({ id: z.string(), name: LocalizedName, contact: Contact.nullable().optional() }),
  note: z.string().nullable(),
  /** Why it was declined or cancelled. */
  reason: z.string().nullable(),
  createdAt: z.string(),
  warnings: Warnings.optional(),
  version: Version,
});
export type Registration = z.output<typeof Registration>;

export const registerDelegation = request('rpc.registrations.register-delegation.v1', {
  input: z.strictObject({
    stopId: Id,
    body: z.strictObject({
      delegates: z.array(DelegateInput).min(1).max(1_000),
      note: Note.nullish(),
      consent: z.strictObject({ textVersion: line(100) }).nullish(),
    }),
  }),
  output: Registration,
  errors: [
    'resource.not_found',
    'company.suspended',
    'stop.cancelled',
    'registration.not_open',
    'registration.closed',
    'company.unverified',
    'registration.duplicate',
    'registration.too_many_delegates',
    'registration.full',
  ],
});

/** A text to be found in others: see `foldText`. */
const SearchText = line(200);

/** How a list of registrations can be sorted; equal ones stand in the order of registration. */
export const registrationOrders = ['createdAt', '-createdAt', 'company', 'seats'] as const;
export type RegistrationOrder = (typeof registrationOrders)[number];

export const listRegistrations = request('rpc.registrations.list-registrations.v1', {
  input: z.strictObject({
    stopId: Id,
    ...Page.shape,
    status: statesOf(registrationStatuses).optional(),
    q: SearchText.meta({
      description:
        "Part of a company's name or credit code, or of a delegate's name, e-mail address or last four digits",
    }).optional(),
    sort: z.enum(registrationOrders).default('createdAt'),
  }),
  output: pageOf(Registration),
  errors: ['resource.not_found'],
});

export const getRegistration = request('rpc.registrations.get-registration.v1', {
  input: z.strictObject({ id: Id }),
  output: Registration,
  errors: ['resource.not_found'],
});

export const cancelRegistration = request('rpc.registrations.cancel-registration.v1', {
  input: z.strictObject({ id: Id, body: z.strictObject({ reason: Note.nullish() }).default({}) }),
  output: Registration,
  errors: [
    'resource.not_found',
    'precondition.failed',
    'registration.invalid_transition',
    'registration.frozen',
    'registration.closed',
    'stop.cancelled',
  ],
});

export const approveRegistration = request('rpc.registrations.approve-registration.v1', {
  input: z.strictObject({ id: Id }),
  output: Registration,
  errors: [
    'resource.not_found',
    'precondition.failed',
    'registration.invalid_transition',
    'registration.closed',
    'stop.cancelled',
  ],
});

export const declineRegistration = request('rpc.registrations.decline-registration.v1', {
  input: z.strictObject({ id: Id, body: z.strictObject({ reason: Note.nullish() }).default({}) }),
  output: Registration,
  errors: [
    'resource.not_found',
    'precondition.failed',
    'registration.invalid_transition',
    'registration.closed',
    'stop.cancelled',
  ],
});

export const addDelegate = request('rpc.registrations.add-delegate.v1', {
  input: z.strictObject({ id: Id, body: DelegateInput }),
  output: Registration,
  errors: [
    'resource.not_found',
    'precondition.failed',
    'registration.invalid_transition',
    'registration.not_open',
    'company.suspended',
    'company.unverified',
    'registration.frozen',
    'registration.closed',
    'stop.cancelled',
    'registration.too_many_delegates',
    'registration.full',
  ],
});

export const substituteDelegate = request('rpc.registrations.substitute-delegate.v1', {
  input: z.strictObject({
    id: Id,
    delegateId: Id,
    body: z.strictObject({
      name: Name.optional(),
      email: Email.optional(),
      mobile: PhoneNumber.nullish(),
      jobTitle: line(200).nullish(),
      language: z.enum(delegateLanguages).nullish(),
    }),
  }),
  output: Registration,
  errors: [
    'resource.not_found',
    'precondition.failed',
    'registration.invalid_transition',
    'registration.frozen',
    'registration.closed',
    'stop.cancelled',
  ],
});

/** A new badge for the same person; the old one ends. */
export const reissueBadge = request('rpc.registrations.reissue-badge.v1', {
  input: z.strictObject({ id: Id, delegateId: Id }),
  output: Registration,
  errors: [
    'resource.not_found',
    'precondition.failed',
    'registration.invalid_transition',
    'registration.closed',
    'stop.cancelled',
  ],
});

export const removeDelegate = request('rpc.registrations.remove-delegate.v1', {
  input: z.strictObject({ id: Id, delegateId: Id }),
  output: Registration,
  errors: [
    'resource.not_found',
    'precondition.failed',
    'registration.invalid_transition',
    'registration.frozen',
    'registration.closed',
    'registration.last_delegate',
    'stop.cancelled',
  ],
});

export const Availability = z.object({
  capacity: z.number().int(),
  confirmed: z.number().int(),
  pending: z.number().int(),
  waitlisted: z.number().int(),
  left: z.number().int(),
  registrationState: z.enum(registrationStates),
});
export type Availability = z.output<typeof Availability>;

export const getAvailability = request('rpc.registrations.get-availability.v1', {
  input: z.strictObject({ stopId: Id }),
  output: Availability.extend({
    /** For the gateway's cache alone: the version of the stop that this is of, and when the clock changes it. */
    basis: z.object({ stopVersion: Version, changesAt: z.string().nullable() }),
  }),
  errors: ['resource.not_found'],
});

// ── Exports ─────────────────────────────────────────────────────────────────────────────────────

const exportInput = z.strictObject({ stopId: Id, status: statesOf(registrationStatuses).optional() });

export const exportRegistrationsCsv = request('rpc.registrations.export-registrations-csv.v1', {
  input: exportInput,
  output: ExportedFile,
  errors: ['resource.not_found', 'request.too_large'],
});
export const exportRegistrationsXlsx = request('rpc.registrations.export-registrations-xlsx.v1', {
  input: exportInput,
  output: ExportedFile,
  errors: ['resource.not_found', 'request.too_large'],
});

// ── Check-in ────────────────────────────────────────────────────────────────────────────────────

export const getBadge = request('rpc.registrations.get-badge.v1', {
  input: z.strictObject({ id: Id, delegateId: Id }),
  output: z.object({ svg: z.string() }),
  errors: ['resource.not_found', 'badge.not_valid'],
});

export const checkInDelegate = request('rpc.registrations.check-in-delegate.v1', {
  input: z.strictObject({
    stopId: Id,
    body: z
      .strictObject({
        badge: line(200).optional(),
        delegateId: Id.optional(),
        at: ReportedInstant.optional(),
      })
      .refine(({ badge, delegateId }) => (badge === undefined) !== (delegateId === undefined), {
        error: 'needs either "badge" or "delegateId"',
      }),
  }),
  output: z.object({
    delegate: z.object({ id: z.string(), name: z.string() }),
    company: z.object({ id: z.string(), name: LocalizedName }),
    checkedInAt: z.string(),
    repeated: z.boolean(),
    /** Only where `at` could not be and the present time was taken. */
    adjusted: z.literal(true).optional(),
  }),
  errors: ['resource.not_found', 'badge.unknown', 'badge.wrong_stop', 'badge.not_valid', 'stop.cancelled'],
});

/** Takes a check-in back, also where there is none. */
export const undoCheckIn = request('rpc.registrations.undo-check-in.v1', {
  input: z.strictObject({ stopId: Id, delegateId: Id }),
  output: z.null(),
  errors: ['resource.not_found'],
});

const asOfFault = { error: 'must be the asOf of an earlier answer' };

/**
 * What a door needs to work without a network: those who are expected, or with `since` what changed, so that nothing is
 * ever missed; what changed at the same time may come twice.
 */
export const getDoorList = request('rpc.registrations.get-door-list.v1', {
  input: z.strictObject({
    stopId: Id,
    ...Page.shape,
    since: z
      .string()
      .min(1, asOfFault)
      .max(512, asOfFault)
      .meta({ description: 'The `asOf` of an earlier answer: only what changed since then' })
      .optional(),
    q: SearchText.meta({
      description: 'Part of a name, a company, or the last four digits of a mobile number',
    }).optional(),
  }),
  output: z.object({
    items: z.array(
      z.object({
        delegateId: z.string(),
        registrationId: z.string(),
        name: z.string(),
        company: z.object({ id: z.string(), name: LocalizedName }),
        /** base64url of the badge's SHA-256; `null` for a person whose data was erased. */
        badgeHash: z.string().nullable(),
        mobileLast4: z.string().nullable(),
        state: z.enum(['expected', 'not_valid']),
        checkedInAt: z.string().nullable(),
        version: Version,
      }),
    ),
    nextCursor: z.string().nullable(),
    asOf: z.string().meta({ description: 'Pass it as `since` to get what changed' }),
  }),
  errors: ['resource.not_found'],
});

/** The counts are of the whole stop; companies come in the order of registration, 200 of them by default. */
export const getAttendance = request('rpc.registrations.get-attendance.v1', {
  input: z.strictObject({ stopId: Id, limit: wholeNumber(1, 200).default(200), cursor: Page.shape.cursor }),
  output: z.object({
    expected: z.number().int(),
    checkedIn: z.number().int(),
    noShows: z.number().int(),
    companies: z.array(
      z.object({
        companyId: z.string(),
        name: LocalizedName,
        expected: z.number().int(),
        checkedIn: z.number().int(),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
  errors: ['resource.not_found'],
});

// ── Sign-ups ────────────────────────────────────────────────────────────────────────────────────

const signupSeats = z.object({ total: z.number().int(), taken: z.number().int() });

export const signUpDelegates = request('rpc.registrations.sign-up-delegates.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({ delegateIds: z.array(Id).min(1).max(1_000) }),
  }),
  output: z.object({ seats: signupSeats }),
  errors: [
    'resource.not_found',
    'signup.not_confirmed',
    'signup.overlap',
    'session.full',
    'session.invalid_transition',
    'session.closed',
    'stop.cancelled',
  ],
});

export const removeSignup = request('rpc.registrations.remove-signup.v1', {
  input: z.strictObject({ id: Id, delegateId: Id }),
  output: z.null(),
  errors: ['resource.not_found', 'session.closed'],
});

const maxSessionsOfSeats = 5_000;

/** Asked by sessions: the seats of scheduled sessions. Sessions that are unknown here, or have no room, are left out. */
export const getSessionSeats = request('rpc.registrations.get-session-seats.v1', {
  input: z.object({ sessionIds: z.array(z.string()).max(maxSessionsOfSeats) }),
  output: z.object({
    seats: z.array(z.object({ sessionId: z.string(), total: z.int(), taken: z.int() })),
  }),
});

export const listSignups = request('rpc.registrations.list-signups.v1', {
  input: z.strictObject({ id: Id, ...Page.shape }),
  output: z.object({
    items: z.array(
      z.object({ delegateId: z.string(), name: z.string(), companyId: z.string(), overlap: z.boolean() }),
    ),
    nextCursor: z.string().nullable(),
    seats: signupSeats,
  }),
  errors: ['resource.not_found'],
});
