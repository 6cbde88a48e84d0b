import type { Stop, StopDraft, StopState } from '#contracts';
import { changesUntilOf, registrationState, type RegistrationWindow } from './registration-window.js';

/** What an organizer writes of a stop. */
export type StopFields = Omit<Pick<Stop, keyof StopDraft>, 'registration'> & {
  /** `changesUntil` is `null` where the default holds, so that it follows the stop's times. */
  registration: Omit<Stop['registration'], 'changesUntil'> & RegistrationWindow;
};

/** A stop as it is stored. Instants are RFC 3339 in UTC. */
export type StopRecord = StopFields &
  Pick<
    StopState,
    | 'id'
    | 'tourId'
    | 'organizationId'
    | 'status'
    | 'published'
    | 'moves'
    | 'cancelReason'
    | 'createdAt'
    | 'version'
  > & { updatedAt: string };

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
    registration: { ...stop.registration, changesUntil: changesUntilOf(stop) },
    status: stop.status,
    registrationState: registrationState(stop, now),
    reason: reasonOf(stop),
    createdAt: stop.createdAt,
    version: stop.version,
  };
}

/** Why the stop is cancelled, else why it last moved. */
export function reasonOf({ status, cancelReason, moves }: StopRecord): string | null {
  return status === 'cancelled' ? cancelReason : (moves.at(-1)?.reason ?? null);
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
    description: stop.description,
    travel: stop.travel,
    contact: stop.contact,
    rooms: stop.rooms,
    partners: stop.partners,
  };
}

/** What other services keep of the stop. */
export function stateOf(stop: StopRecord, speakerTravelMinutes: number): StopState {
  const { updatedAt: _, description: _d, travel: _t, contact: _c, ...state } = stop;
  const registration = { ...stop.registration, changesUntil: changesUntilOf(stop) };
  return { ...state, registration, speakerTravelMinutes };
}

/** The last event of a deleted draft: consumers that don't know of deleting take it as cancelled. */
export function deletedStateOf(stop: StopRecord, speakerTravelMinutes: number): StopState {
  const gone = { ...stop, status: 'cancelled' as const, version: stop.version + 1 };
  return { ...stateOf(gone, speakerTravelMinutes), deleted: true };
}

/** Earlier moves have lines of their own in the audit, and no line names the people of a contact. */
export function auditedOf(stop: StopRecord): object {
  const { moves: _m, updatedAt: _u, contact: _c, ...kept } = stop;
  return kept;
}
