import type { Stop, StopDraft, StopState } from '#contracts';
import { registrationState } from './stop-lifecycle.js';

/** A stop as it is stored. Instants are RFC 3339 in UTC. */
export type StopRecord = Omit<StopState, 'speakerTravelMinutes'> & { updatedAt: string };

/** What an organizer writes of a stop. */
export type StopFields = Pick<StopRecord, keyof StopDraft>;

/** A stop begins as a draft that nobody outside of its organization sees. */
export function newStop(
  of: { id: string; tourId: string; organizationId: string },
  fields: StopFields,
  now: string,
): StopRecord {
  return {
    ...of,
    ...fields,
    status: 'draft',
    published: false,
    moves: [],
    cancelReason: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

/** The stop as answers show it. `sequence` counts all stops of the tour, so everybody gets the same number. */
export function presentStop(stop: StopRecord, sequence: number, now: Date): Stop {
  return {
    id: stop.id,
    tourId: stop.tourId,
    organizationId: stop.organizationId,
    sequence,
    ...editableFieldsOf(stop),
    status: stop.status,
    registrationState: registrationState(stop, now),
    createdAt: stop.createdAt,
    version: stop.version,
  };
}

/** What an organizer may patch, in the order in which answers show it. */
export function editableFieldsOf(stop: StopFields): StopFields {
  return {
    name: stop.name,
    city: stop.city,
    venue: stop.venue,
    timeZone: stop.timeZone,
    startsAt: stop.startsAt,
    endsAt: stop.endsAt,
    capacity: stop.capacity,
    maxDelegatesPerCompany: stop.maxDelegatesPerCompany,
    registration: stop.registration,
    rooms: stop.rooms,
    partners: stop.partners,
  };
}

/** What neighbours keep of the stop. */
export function stateOf(stop: StopRecord, speakerTravelMinutes: number): StopState {
  const { updatedAt: _, ...state } = stop;
  return { ...state, speakerTravelMinutes };
}
