import { z } from 'zod';
import { UnscheduledSession } from './catch-up.js';
import { event, request } from './contract.js';
import {
  CityInput,
  CityPatch,
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
  PhoneNumber,
  TimeZone,
  Version,
  WebAddress,
  integer,
  pageOf,
  text,
} from './values/values.js';

export const partnerRoles = ['host', 'guide', 'co_organizer', 'supporter', 'media'] as const;
const PartnersInput = z
  .array(z.strictObject({ name: LocalizedNameInput, role: z.enum(partnerRoles) }))
  .max(100);
const Partners = z.array(z.object({ name: LocalizedName, role: z.enum(partnerRoles) })).max(100);

// ── Tours ───────────────────────────────────────────────────────────────────────────────────────

export const Tour = z.object({
  id: z.string(),
  organizationId: z.string(),
  name: LocalizedName,
  description: LocalizedText.nullable(),
  website: z.string().nullable(),
  partners: Partners,
  overlappingStops: z.boolean(),
  speakerTravelMinutes: z.number().int(),
  createdAt: z.string(),
  version: Version,
});
export type Tour = z.output<typeof Tour>;

const travelMinutes = integer(0, 10_080);

export const createTour = request('rpc.stops.create-tour.v1', {
  input: z.strictObject({
    body: z.strictObject({
      name: LocalizedNameInput,
      description: LocalizedTextInput.nullish(),
      website: WebAddress.nullish(),
      partners: PartnersInput.default([]),
      overlappingStops: z.boolean().default(false),
      speakerTravelMinutes: travelMinutes.default(240),
    }),
  }),
  output: Tour,
});

export const listTours = request('rpc.stops.list-tours.v1', {
  input: z.strictObject(Page.shape),
  output: pageOf(Tour),
});

export const getTour = request('rpc.stops.get-tour.v1', {
  input: z.strictObject({ id: Id }),
  output: Tour,
  errors: ['resource.not_found'],
});

/** A tour after a change, with the sessions that another travel time took their places; absent where there are none. */
export const ChangedTour = Tour.omit({ version: true }).extend({
  unscheduledSessions: z.array(UnscheduledSession).optional(),
  version: Version,
});

export const updateTour = request('rpc.stops.update-tour.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({
      name: LocalizedNamePatch.optional(),
      description: LocalizedTextPatch.nullish(),
      website: WebAddress.nullish(),
      partners: PartnersInput.nullish(),
      overlappingStops: z.boolean().optional(),
      speakerTravelMinutes: travelMinutes.optional(),
    }),
  }),
  output: ChangedTour,
  errors: ['resource.not_found', 'precondition.failed', 'stop.overlap'],
});

/** Only a tour without stops can be deleted, so nothing else goes with it. */
export const deleteTour = request('rpc.stops.delete-tour.v1', {
  input: z.strictObject({ id: Id }),
  output: z.null(),
  errors: ['resource.not_found', 'precondition.failed', 'tour.not_empty'],
});

/** What other services know of a tour; `deleted` in its last event. */
export const TourState = Tour.omit({ version: true }).extend({
  deleted: z.boolean().optional(),
  version: Version,
});
export const tourChanged = event('evt.stops.tour-changed.v1', TourState);

// ── Stops ───────────────────────────────────────────────────────────────────────────────────────

export const stopStatuses = ['draft', 'published', 'completed', 'cancelled'] as const;
export type StopStatus = (typeof stopStatuses)[number];
export const registrationStates = ['not_open', 'open', 'closed'] as const;
export type RegistrationState = (typeof registrationStates)[number];

const Venue = z.strictObject({
  name: LocalizedNameInput,
  address: LocalizedNameInput.nullish(),
  location: z
    .strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) })
    .nullish(),
});
const VenuePatch = z.strictObject({
  name: LocalizedNamePatch.optional(),
  address: LocalizedNamePatch.nullish(),
  location: z
    .strictObject({
      lat: z.number().min(-90).max(90).optional(),
      lon: z.number().min(-180).max(180).optional(),
    })
    .nullish(),
});
const capacity = integer(1, 100_000);
const RegistrationRules = z.strictObject({
  opensAt: Instant,
  closesAt: Instant,
  approval: z.enum(['automatic', 'manual']).default('automatic'),
  waitlist: z.boolean().default(true),
  waitlistPolicy: z.enum(['strict', 'first_fit']).default('strict'),
  verifiedOnly: z.boolean().default(false),
  changesUntil: Instant.nullish().transform((instant) => instant ?? null),
});
export type RegistrationRules = z.output<typeof RegistrationRules>;
const RoomInput = z.strictObject({
  id: Id.optional(),
  name: LocalizedNameInput,
  seats: integer(1, 100_000),
});
/** Whom the public may ask about a stop; without any of the three there is no contact. */
const StopContactInput = z
  .strictObject({ name: Name.nullish(), email: Email.nullish(), phone: PhoneNumber.nullish() })
  .transform(({ name = null, email = null, phone = null }) =>
    name === null && email === null && phone === null ? null : { name, email, phone },
  );
const StopContact = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});
/** The number of rooms of a stop is limited. */
export const maxRooms = 200;
const Rooms = z.array(RoomInput).max(maxRooms);
const maxDelegates = integer(1, 1_000);

/** The longest stop: the work that calendars and timetables make must not grow with the years between two dates. */
export const maxStopDays = 31;

function refuseLongStop(
  { startsAt, endsAt }: { startsAt: string; endsAt: string },
  context: z.RefinementCtx,
): void {
  if (Date.parse(endsAt) - Date.parse(startsAt) <= maxStopDays * 86_400_000) return;
  const message = `must be at most ${maxStopDays} days after startsAt`;
  context.addIssue({ code: 'custom', path: ['endsAt'], message });
}

export const Room = z.object({ id: z.string(), name: LocalizedName, seats: z.number().int() });
export type Room = z.output<typeof Room>;

export const Stop = z.object({
  id: z.string(),
  tourId: z.string(),
  organizationId: z.string(),
  /** The position in the tour by start. Drafts and cancelled stops count too, so everybody sees the same number. */
  sequence: z.number().int().min(1),
  name: LocalizedName,
  city: z.object({ code: z.string(), name: LocalizedName }),
  venue: z.object({
    name: LocalizedName,
    address: LocalizedName.nullable(),
    location: z.object({ lat: z.number(), lon: z.number() }).nullable(),
  }),
  timeZone: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  capacity: z.number().int(),
  maxDelegatesPerCompany: z.number().int(),
  registration: z.object({
    opensAt: z.string(),
    closesAt: z.string(),
    approval: z.enum(['automatic', 'manual']),
    waitlist: z.boolean(),
    waitlistPolicy: z.enum(['strict', 'first_fit']),
    verifiedOnly: z.boolean(),
    /** Until when companies may change their delegates. */
    changesUntil: z.string(),
  }),
  description: LocalizedText.nullable(),
  travel: LocalizedText.nullable(),
  contact: StopContact.nullable(),
  rooms: z.array(Room),
  partners: Partners,
  status: z.enum(stopStatuses),
  registrationState: z.enum(registrationStates),
  /** Of the last reschedule or the cancellation. */
  reason: z.string().nullable(),
  createdAt: z.string(),
  version: Version,
});
export type Stop = z.output<typeof Stop>;

export const createStop = request('rpc.stops.create-stop.v1', {
  input: z.strictObject({
    tourId: Id,
    body: z
      .strictObject({
        name: LocalizedNameInput,
        city: CityInput,
        venue: Venue,
        timeZone: TimeZone,
        startsAt: Instant,
        endsAt: Instant,
        capacity,
        maxDelegatesPerCompany: maxDelegates.default(10),
        registration: RegistrationRules,
        description: LocalizedTextInput.nullish(),
        travel: LocalizedTextInput.nullish(),
        contact: StopContactInput.nullish(),
        rooms: Rooms.default([]),
        partners: PartnersInput.default([]),
      })
      .superRefine(refuseLongStop),
  }),
  output: Stop,
  errors: ['resource.not_found', 'stop.overlap'],
});
export type StopDraft = z.output<typeof createStop.input>['body'];

export const listStops = request('rpc.stops.list-stops.v1', {
  input: z.strictObject({ tourId: Id, ...Page.shape }),
  output: pageOf(Stop),
  errors: ['resource.not_found'],
});

export const getStop = request('rpc.stops.get-stop.v1', {
  input: z.strictObject({ id: Id }),
  output: Stop,
  errors: ['resource.not_found'],
});

/** A stop after a change, with the sessions that the change took their places; no such member where there are none. */
export const ChangedStop = Stop.omit({ version: true }).extend({
  unscheduledSessions: z.array(UnscheduledSession).optional(),
  version: Stop.shape.version,
});

export const updateStop = request('rpc.stops.update-stop.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({
      name: LocalizedNamePatch.optional(),
      city: CityPatch.optional(),
      venue: VenuePatch.optional(),
      timeZone: TimeZone.optional(),
      startsAt: Instant.optional(),
      endsAt: Instant.optional(),
      capacity: capacity.optional(),
      maxDelegatesPerCompany: maxDelegates.nullish(),
      registration: z
        .strictObject({
          opensAt: Instant.optional(),
          closesAt: Instant.optional(),
          approval: z.enum(['automatic', 'manual']).nullish(),
          waitlist: z.boolean().nullish(),
          waitlistPolicy: z.enum(['strict', 'first_fit']).nullish(),
          verifiedOnly: z.boolean().nullish(),
          changesUntil: Instant.nullish(),
        })
        .optional(),
      description: LocalizedTextPatch.nullish(),
      travel: LocalizedTextPatch.nullish(),
      contact: z
        .strictObject({ name: Name.nullish(), email: Email.nullish(), phone: PhoneNumber.nullish() })
        .nullish(),
      rooms: Rooms.nullish(),
      partners: PartnersInput.nullish(),
    }),
  }),
  output: ChangedStop,
  errors: [
    'resource.not_found',
    'precondition.failed',
    'stop.overlap',
    'stop.use_reschedule',
    'stop.room_in_use',
    'stop.invalid_transition',
  ],
});
export type StopPatch = z.output<typeof updateStop.input>['body'];

export const publishStop = request('rpc.stops.publish-stop.v1', {
  input: z.strictObject({ id: Id }),
  output: Stop,
  errors: [
    'resource.not_found',
    'precondition.failed',
    'stop.invalid_transition',
    'stop.in_past',
    'stop.overlap',
  ],
});

export const rescheduleStop = request('rpc.stops.reschedule-stop.v1', {
  input: z.strictObject({
    id: Id,
    body: z
      .strictObject({
        startsAt: Instant,
        endsAt: Instant,
        reason: Note.nullish(),
        registration: z
          .strictObject({
            opensAt: Instant.optional(),
            closesAt: Instant.optional(),
            changesUntil: Instant.nullish(),
          })
          .optional(),
      })
      .superRefine(refuseLongStop),
  }),
  output: ChangedStop,
  errors: [
    'resource.not_found',
    'precondition.failed',
    'stop.invalid_transition',
    'stop.in_past',
    'stop.overlap',
  ],
});

export const cancelStop = request('rpc.stops.cancel-stop.v1', {
  input: z.strictObject({ id: Id, body: z.strictObject({ reason: text(2_000) }) }),
  output: Stop,
  errors: ['resource.not_found', 'precondition.failed', 'stop.invalid_transition'],
});

export const completeStop = request('rpc.stops.complete-stop.v1', {
  input: z.strictObject({
    id: Id,
    body: z
      .strictObject({
        /** Whether the stop may be completed before it has begun. */
        early: z.boolean().optional(),
      })
      .default({}),
  }),
  output: Stop,
  errors: ['resource.not_found', 'precondition.failed', 'stop.invalid_transition', 'stop.not_started'],
});

/** Only a draft that was never published can be deleted; all others are cancelled. */
export const deleteStop = request('rpc.stops.delete-stop.v1', {
  input: z.strictObject({ id: Id }),
  output: z.null(),
  errors: ['resource.not_found', 'precondition.failed', 'stop.not_draft'],
});

// ── Calendars ───────────────────────────────────────────────────────────────────────────────────

const calendarFeed = {
  input: z.strictObject({
    id: Id,
    lang: z.enum(['zh', 'en']).default('zh'),
    /** The installation's address, with which the links of entries begin. */
    baseUrl: z
      .url()
      .meta({ examples: ['https://api.example.com'] })
      .optional(),
  }),
  /** An iCalendar object of RFC 5545. */
  output: z.object({ ics: z.string() }),
  errors: ['resource.not_found'],
} as const;

/** All stops of a tour that were ever published, cancelled ones marked as such. */
export const getTourCalendar = request('rpc.stops.get-tour-calendar.v1', calendarFeed);
export const getStopCalendar = request('rpc.stops.get-stop-calendar.v1', calendarFeed);

// ── For other services ──────────────────────────────────────────────────────────────────────────

/**
 * What other services store of a stop: the stop without what the clock determines and what only readers need, and its
 * moves with their reasons. The contact stays out, since no event names a person.
 */
export const StopState = Stop.omit({
  registrationState: true,
  sequence: true,
  description: true,
  travel: true,
  contact: true,
  reason: true,
  version: true,
}).extend({
  /** Copied from the tour, so that the travel times of speakers need no second projection. */
  speakerTravelMinutes: z.number().int(),
  /** Whether it was ever published; from then on the public may see it. */
  published: z.boolean(),
  /** Every reschedule from the first on, so that sessions follow each exactly once; old ones lose their reasons. */
  moves: z.array(
    z.object({ fromStartsAt: z.string(), toStartsAt: z.string(), reason: z.string().nullable() }),
  ),
  cancelReason: z.string().nullable(),
  /** In the last event of a deleted draft, which for those who don't know the member is a cancelled one. */
  deleted: z.boolean().optional(),
  version: Version,
});
export type StopState = z.output<typeof StopState>;

export const stopChanged = event('evt.stops.stop-changed.v1', StopState);

/** The current state of a stop whose event has not arrived yet; `null` if there is no such stop. */
export const getStopState = request('rpc.stops.get-stop-state.v1', {
  input: z.object({ id: z.string() }),
  output: z.object({ stop: StopState.nullable() }),
});

/**
 * Adds the rooms that an imported schedule names, on behalf of the stop's organizer. A room that the stop already has
 * stays as it is, so repeating the request adds nothing.
 */
export const addRooms = request('rpc.stops.add-rooms.v1', {
  input: z.object({
    id: z.string(),
    rooms: z.array(z.object({ name: LocalizedName, seats: RoomInput.shape.seats })).max(maxRooms),
  }),
  output: z.object({ stop: StopState }),
  errors: ['resource.not_found', 'stop.invalid_transition'],
});
