import { z } from 'zod';
import { ApiKey, Company } from './accounts.js';
import { Certificate } from './certificates.js';
import { request } from './contract.js';
import { Listing } from './listings.js';
import { Meeting } from './meetings.js';
import { FollowUp, MeetingOutcome } from './outcomes.js';
import { Me, Member, SignIn } from './people.js';
import { Delegate, Registration } from './registrations.js';
import { Session } from './sessions.js';
import { Id, Page, pageOf } from './values/values.js';

/**
 * Erases the personal data of a delegate: name, e-mail, mobile and job title, also in the answers stored for repeated
 * requests. Seat, check-in and sign-ups stay for the counts. The badge is no longer valid.
 */
export const eraseDelegate = request('rpc.registrations.erase-delegate.v1', {
  input: z.strictObject({ id: Id, delegateId: Id }),
  output: Registration,
  errors: ['resource.not_found', 'precondition.failed'],
});

/** A registration with all personal data that the service stores of it. */
export const ExportedRegistration = Registration.omit({
  delegates: true,
  warnings: true,
  version: true,
}).extend({
  /** The privacy text that the company says its delegates know. */
  consent: z.object({ textVersion: z.string(), at: z.string() }).nullable(),
  delegates: z.array(Delegate.extend({ checkedInAt: z.string().nullable() })),
  /** Those who left the delegation within the last 72 hours, kept so that a mail can reach them. */
  departed: z.array(
    Delegate.pick({ name: true, email: true, language: true }).extend({
      delegateId: z.string(),
      departedAt: z.string(),
    }),
  ),
  signUps: z.array(z.object({ sessionId: z.string(), delegateId: z.string(), createdAt: z.string() })),
  version: Registration.shape.version,
});

const ofCaller = z.strictObject(Page.shape);

/** The caller's registrations at all stops, in any status, oldest first. */
export const exportRegistrations = request('rpc.registrations.export-registrations.v1', {
  input: ofCaller,
  output: pageOf(ExportedRegistration),
});

/** The caller's session proposals at all stops, in any status, oldest first. */
export const exportSessions = request('rpc.sessions.export-sessions.v1', {
  input: ofCaller,
  output: pageOf(Session),
});

/** The caller's listings in all tours, in any state, oldest first. */
export const exportListings = request('rpc.matching.export-listings.v1', {
  input: ofCaller,
  output: pageOf(Listing),
});

/** The caller's meetings at all stops, oldest first; of the other side no person. */
export const exportMeetings = request('rpc.matching.export-meetings.v1', {
  input: ofCaller,
  output: pageOf(Meeting),
});

/** When the caller made the token of its calendar feed; the token itself is stored nowhere. */
export const exportCalendarFeed = request('rpc.matching.export-calendar-feed.v1', {
  input: z.strictObject({}),
  output: z.object({ calendarFeed: z.object({ createdAt: z.string() }).nullable() }),
});

/** Everything that is stored of the person who is signed in. */
export const MyExport = z.object({
  exportedAt: z.string(),
  me: Me,
  signIns: z.array(SignIn),
});
export type MyExport = z.output<typeof MyExport>;

/** Everything that the services store of one company. */
export const CompanyExport = z.object({
  exportedAt: z.string(),
  company: Company,
  members: z.array(Member).optional(),
  apiKeys: z.array(ApiKey),
  registrations: z.array(ExportedRegistration),
  sessions: z.array(Session),
  listings: z.array(Listing),
  meetings: z.array(Meeting),
  /** The feed by which calendar programs read these meetings. */
  calendarFeed: z.object({ createdAt: z.string() }).nullable(),
  followUps: z.array(FollowUp),
  meetingOutcomes: z.array(MeetingOutcome.extend({ meetingId: z.string() })),
  /** Of its delegates and speakers. */
  certificates: z.array(Certificate),
});
export type CompanyExport = z.output<typeof CompanyExport>;
