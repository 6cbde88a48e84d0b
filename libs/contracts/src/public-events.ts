import { z } from 'zod';
import { awardKinds } from './ledger.js';
import { listingStates, listingSides } from './listings.js';
import { meetingStatuses, missedBy } from './meetings.js';
import { registrationStatuses } from './registrations.js';
import { sessionStatuses } from './sessions.js';
import { stopStatuses } from './stops.js';

/*
 * What is published to the outside: transitions, derived from the states that services exchange. Nothing here is a person's
 * data; a receiver that wants it reads `href` with a key, and that read is checked and audited.
 */

const id = z.string();
const instant = z.string().nullable();
const version = z.number().int();
/** Where the whole resource can be read, as a path of this API. */
const href = z.string();

const companyData = z.object({
  companyId: id,
  organizationId: id,
  status: z.enum(['unverified', 'verified', 'suspended']),
  previousStatus: z.enum(['unverified', 'verified', 'suspended']),
  version,
  href,
});
const stopData = z.object({
  stopId: id,
  tourId: id,
  status: z.enum(stopStatuses),
  previousStatus: z.enum(stopStatuses).nullable(),
  startsAt: instant,
  endsAt: instant,
  previousStartsAt: instant,
  previousEndsAt: instant,
  capacity: z.number().int(),
  version,
  href,
});
const registrationData = z.object({
  registrationId: id,
  stopId: id,
  tourId: id,
  companyId: id,
  status: z.enum(registrationStatuses),
  previousStatus: z.enum(registrationStatuses).nullable(),
  seats: z.number().int(),
  previousSeats: z.number().int().nullable(),
  version,
  href,
});
const sessionData = z.object({
  sessionId: id,
  stopId: id,
  tourId: id,
  companyId: id.nullable(),
  status: z.enum(sessionStatuses),
  previousStatus: z.enum(sessionStatuses).nullable(),
  roomId: id.nullable(),
  startsAt: instant,
  endsAt: instant,
  version,
  href,
});
const releaseData = z.object({ stopId: id, tourId: id, release: version, version, href });
const checkInData = z.object({
  delegateId: id,
  registrationId: id,
  stopId: id,
  tourId: id,
  companyId: id,
  checkedInAt: instant,
  version,
  href,
});
const outcomeData = z.object({
  kind: z.enum(awardKinds),
  membershipBatchId: id.nullable(),
  caseId: id.nullable(),
  paperId: id.nullable(),
  stopId: id.nullable(),
  tourId: id,
  /** The companies named. */
  companyIds: z.array(id),
  count: z.number().int(),
  status: z.literal('announced'),
  version,
  href,
});
const listingData = z.object({
  listingId: id,
  tourId: id,
  companyId: id,
  side: z.enum(listingSides),
  status: z.enum(listingStates),
  previousStatus: z.enum(listingStates).nullable(),
  version,
  href,
});
const meetingData = z.object({
  meetingId: id,
  stopId: id,
  tourId: id,
  askerId: id,
  askedId: id,
  status: z.enum(meetingStatuses),
  previousStatus: z.enum(meetingStatuses).nullable(),
  missed: z.enum(missedBy).nullable(),
  startsAt: instant,
  endsAt: instant,
  tableNo: z.number().int().nullable(),
  version,
  href,
});
const webhookPingData = z.object({ webhookId: id, version, href });
const webhookDisabledData = z.object({
  webhookId: id,
  status: z.enum(['disabled', 'gone']),
  version,
  href,
});
const mailFailedData = z.object({
  mailId: id,
  stopId: id.nullable(),
  companyId: id.nullable(),
  delegateId: id.nullable(),
  kind: z.string(),
  version,
  href,
});

const exampleId = (number: number) => `019b2f5e-7c00-7000-8000-${String(number).padStart(12, '0')}`;
const [stopId, tourId, companyId, registrationId, sessionId] = [1, 2, 3, 4, 5].map(exampleId) as [
  string,
  string,
  string,
  string,
  string,
];
const stopExample = {
  stopId,
  tourId,
  status: 'published',
  previousStatus: 'published',
  startsAt: '2027-01-16T01:00:00Z',
  endsAt: '2027-01-16T10:00:00Z',
  previousStartsAt: null,
  previousEndsAt: null,
  capacity: 220,
  version: 3,
  href: `/v1/stops/${stopId}`,
} as const;
const registrationExample = {
  registrationId,
  stopId,
  tourId,
  companyId,
  status: 'confirmed',
  previousStatus: null,
  seats: 3,
  previousSeats: null,
  version: 1,
  href: `/v1/registrations/${registrationId}`,
} as const;
const sessionExample = {
  sessionId,
  stopId,
  tourId,
  companyId,
  status: 'proposed',
  previousStatus: null,
  roomId: null,
  startsAt: null,
  endsAt: null,
  version: 1,
  href: `/v1/sessions/${sessionId}`,
} as const;
const companyExample = {
  companyId,
  organizationId: exampleId(6),
  status: 'verified',
  previousStatus: 'unverified',
  version: 2,
  href: `/v1/companies/${companyId}`,
} as const;
const scheduled = {
  ...sessionExample,
  status: 'scheduled',
  roomId: exampleId(7),
  startsAt: '2027-01-16T02:00:00Z',
  endsAt: '2027-01-16T02:45:00Z',
  version: 3,
} as const;

const listingExample = {
  listingId: exampleId(11),
  tourId,
  companyId,
  side: 'offer',
  status: 'published',
  previousStatus: 'draft',
  version: 2,
  href: `/v1/listings/${exampleId(11)}`,
} as const;
const meetingExample = {
  meetingId: exampleId(12),
  stopId,
  tourId,
  askerId: companyId,
  askedId: exampleId(13),
  status: 'accepted',
  previousStatus: 'requested',
  missed: null,
  startsAt: null,
  endsAt: null,
  tableNo: null,
  version: 2,
  href: `/v1/meetings/${exampleId(12)}`,
} as const;
const placedMeeting = {
  ...meetingExample,
  status: 'scheduled',
  previousStatus: 'accepted',
  startsAt: '2027-01-16T05:00:00Z',
  endsAt: '2027-01-16T05:20:00Z',
  tableNo: 3,
  version: 3,
} as const;

/** One type of public event. Types are named `<noun>.<past participle>` and are stable. */
interface PublicEventDeclaration<Data extends z.ZodType = z.ZodType> {
  readonly description: string;
  readonly data: Data;
  readonly example: z.output<Data>;
}

function declare<Data extends z.ZodType>(
  description: string,
  data: Data,
  example: z.output<Data>,
): PublicEventDeclaration<Data> {
  return { description, data, example };
}

export const publicEvents = {
  'company.verified': declare('An organizer verified the company.', companyData, companyExample),
  'company.suspended': declare('An organizer suspended the company.', companyData, {
    ...companyExample,
    status: 'suspended',
    previousStatus: 'verified',
  }),
  'stop.published': declare('The stop became visible to the public.', stopData, {
    ...stopExample,
    previousStatus: 'draft',
  }),
  'stop.changed': declare('Something that the public sees of the stop changed.', stopData, stopExample),
  'stop.rescheduled': declare('The stop takes place at another time.', stopData, {
    ...stopExample,
    previousStartsAt: '2027-01-09T01:00:00Z',
    previousEndsAt: '2027-01-09T10:00:00Z',
  }),
  'stop.cancelled': declare('The stop does not take place.', stopData, {
    ...stopExample,
    status: 'cancelled',
  }),
  'stop.completed': declare('The stop took place.', stopData, { ...stopExample, status: 'completed' }),
  'registration.confirmed': declare('The delegation has its seats.', registrationData, registrationExample),
  'registration.pending': declare(
    'The delegation holds its seats and waits for the organizer’s approval.',
    registrationData,
    { ...registrationExample, status: 'pending' },
  ),
  'registration.waitlisted': declare('The delegation joined the waiting list.', registrationData, {
    ...registrationExample,
    status: 'waitlisted',
  }),
  'registration.promoted': declare(
    'The delegation left the waiting list with its seats; `pending` where approval is manual.',
    registrationData,
    { ...registrationExample, previousStatus: 'waitlisted', version: 2 },
  ),
  'registration.declined': declare('The organizer declined the delegation.', registrationData, {
    ...registrationExample,
    status: 'declined',
    previousStatus: 'pending',
    version: 2,
  }),
  'registration.cancelled': declare('The registration was cancelled.', registrationData, {
    ...registrationExample,
    status: 'cancelled',
    previousStatus: 'confirmed',
    version: 2,
  }),
  'registration.changed': declare('The delegates or seats of the delegation changed.', registrationData, {
    ...registrationExample,
    previousStatus: 'confirmed',
    previousSeats: 2,
    version: 2,
  }),
  'session.proposed': declare('A company proposed a session.', sessionData, sessionExample),
  'session.accepted': declare('The organizer accepted the session.', sessionData, {
    ...sessionExample,
    status: 'accepted',
    previousStatus: 'proposed',
    version: 2,
  }),
  'session.rejected': declare('The organizer rejected the session.', sessionData, {
    ...sessionExample,
    status: 'rejected',
    previousStatus: 'proposed',
    version: 2,
  }),
  'session.scheduled': declare('The session got a room and a time.', sessionData, {
    ...scheduled,
    previousStatus: 'accepted',
  }),
  'session.moved': declare('The session got another room or time.', sessionData, {
    ...scheduled,
    previousStatus: 'scheduled',
    version: 4,
  }),
  'session.unscheduled': declare('The session lost its room and time and stays accepted.', sessionData, {
    ...sessionExample,
    status: 'accepted',
    previousStatus: 'scheduled',
    version: 4,
  }),
  'session.withdrawn': declare('Its company withdrew the session.', sessionData, {
    ...sessionExample,
    status: 'withdrawn',
    previousStatus: 'proposed',
    version: 2,
  }),
  'session.cancelled': declare('The organizer cancelled the session.', sessionData, {
    ...sessionExample,
    status: 'cancelled',
    previousStatus: 'scheduled',
    version: 4,
  }),
  'timetable.released': declare('The stop has a new release of its timetable.', releaseData, {
    stopId,
    tourId,
    release: 2,
    version: 2,
    href: `/v1/stops/${stopId}/timetable?release=2`,
  }),
  'check_in.recorded': declare(
    'A delegate was checked in; without `checkedInAt` the check-in was taken back.',
    checkInData,
    {
      delegateId: exampleId(8),
      registrationId,
      stopId,
      tourId,
      companyId,
      checkedInAt: '2027-01-16T00:48:00Z',
      version: 1,
      href: `/v1/registrations/${registrationId}`,
    },
  ),
  'outcome.announced': declare(
    'A batch of members, a case or a paper was announced: everybody may read it now.',
    outcomeData,
    {
      kind: 'membership',
      membershipBatchId: exampleId(11),
      caseId: null,
      paperId: null,
      stopId,
      tourId,
      companyIds: [companyId],
      count: 12,
      status: 'announced',
      version: 3,
      href: `/v1/membership-batches/${exampleId(11)}`,
    },
  ),
  'listing.published': declare('The company’s offer or need became visible.', listingData, listingExample),
  'listing.removed': declare('The organizer removed the offer or need.', listingData, {
    ...listingExample,
    status: 'removed',
    previousStatus: 'published',
    version: 3,
  }),
  'meeting.requested': declare('A company asked another one for a meeting.', meetingData, {
    ...meetingExample,
    status: 'requested',
    previousStatus: null,
    version: 1,
  }),
  'meeting.accepted': declare('Both companies want the meeting.', meetingData, meetingExample),
  'meeting.declined': declare('The asked company declined.', meetingData, {
    ...meetingExample,
    status: 'declined',
  }),
  'meeting.withdrawn': declare('The request was taken back.', meetingData, {
    ...meetingExample,
    status: 'withdrawn',
  }),
  'meeting.expired': declare('The request was not answered in time.', meetingData, {
    ...meetingExample,
    status: 'expired',
  }),
  'meeting.scheduled': declare('The meeting got its slot and table.', meetingData, placedMeeting),
  'meeting.moved': declare('The meeting got another slot or table.', meetingData, {
    ...placedMeeting,
    previousStatus: 'scheduled',
    version: 4,
  }),
  'meeting.unscheduled': declare('The meeting lost its slot and table and stays accepted.', meetingData, {
    ...meetingExample,
    previousStatus: 'scheduled',
    version: 4,
  }),
  'meeting.cancelled': declare('The meeting does not take place.', meetingData, {
    ...meetingExample,
    status: 'cancelled',
    previousStatus: 'accepted',
    version: 3,
  }),
  'meeting.unplaced': declare('The stop ended, and the meeting had found no place.', meetingData, {
    ...meetingExample,
    status: 'unplaced',
    previousStatus: 'accepted',
    version: 3,
  }),
  'meeting.held': declare('Both sides came.', meetingData, {
    ...placedMeeting,
    status: 'held',
    previousStatus: 'scheduled',
    version: 4,
  }),
  'meeting.missed': declare('A side did not come.', meetingData, {
    ...placedMeeting,
    status: 'missed',
    previousStatus: 'scheduled',
    missed: 'asked',
    version: 4,
  }),
  'webhook.ping': declare('Asks a new endpoint whether it wants to be one.', webhookPingData, {
    webhookId: exampleId(9),
    version: 1,
    href: `/v1/webhooks/${exampleId(9)}`,
  }),
  'webhook.disabled': declare('Nothing is sent to the endpoint any more.', webhookDisabledData, {
    webhookId: exampleId(9),
    status: 'disabled',
    version: 3,
    href: `/v1/webhooks/${exampleId(9)}`,
  }),
  'mail.failed': declare('A mail could not be delivered.', mailFailedData, {
    mailId: exampleId(10),
    stopId,
    companyId,
    delegateId: exampleId(8),
    kind: 'registration-confirmed',
    version: 1,
    href: `/v1/stops/${stopId}/mails?state=failed`,
  }),
} as const satisfies Record<string, PublicEventDeclaration>;

export type PublicEventType = keyof typeof publicEvents;
export type PublicEventData<Type extends PublicEventType> = z.output<(typeof publicEvents)[Type]['data']>;
export const publicEventTypes = Object.keys(publicEvents) as PublicEventType[];

/** A public event as it is listed, streamed and posted: CloudEvents 1.0 in JSON. */
export const PublicEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  time: z.string(),
  /** The aggregate: `registration/<id>`. */
  subject: z.string(),
  datacontenttype: z.literal('application/json'),
  data: z.record(z.string(), z.unknown()),
});
export type PublicEvent = z.output<typeof PublicEvent>;

/** A type, or all types that begin with a word and a dot: `registration.*`. */
export function matchesType(pattern: string, type: string): boolean {
  return (
    pattern === '*' || pattern === type || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)))
  );
}

/** Whether a pattern stands for at least one type of the catalogue. */
export function isTypePattern(pattern: string): boolean {
  return publicEventTypes.some((type) => matchesType(pattern, type));
}
