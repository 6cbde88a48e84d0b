import {
  Problem,
  createStop,
  mergePatch,
  parseOrRefuse,
  maxRooms,
  type Localized,
  type StopDraft,
  type StopPatch,
} from '#contracts';
import { cityName } from '#reference-data';
import { sameJson } from './changed-fields.js';
import { refuseFaults, refuseMovingByPatch, stopFaults } from './stop-faults.js';
import { moveStop } from './stop-lifecycle.js';
import { editableFieldsOf, type StopFields, type StopRecord } from './stop.js';

/**
 * What is stored of a draft: the city's name filled in, each room with an id, what is absent as null.
 * Throws `request.invalid` with every rule between fields that is broken.
 */
export function fieldsOf(draft: StopDraft, newRoomId: () => string): StopFields {
  refuseFaults(stopFaults(draft));
  const { city, venue, rooms } = draft;
  return {
    name: draft.name,
    city: { code: city.code, name: city.name ?? nameOf(city.code) },
    venue: { name: venue.name, address: venue.address ?? null, location: venue.location ?? null },
    timeZone: draft.timeZone,
    startsAt: draft.startsAt,
    endsAt: draft.endsAt,
    capacity: draft.capacity,
    maxDelegatesPerCompany: draft.maxDelegatesPerCompany,
    registration: draft.registration,
    description: draft.description ?? null,
    travel: draft.travel ?? null,
    contact: draft.contact ?? null,
    rooms: rooms.map(({ id, name, seats }) => ({ id: id ?? newRoomId(), name, seats })),
    partners: draft.partners,
  };
}

/**
 * The stop after a merge patch; the same object where the patch changes nothing.
 * Throws `stop.invalid_transition` for a stop that is over, `stop.use_reschedule` for other times once published,
 * and `request.invalid` for a result that a new stop could not have.
 */
export function patchStop(
  stop: StopRecord,
  patch: StopPatch,
  newRoomId: () => string,
  now: Date,
): StopRecord {
  moveStop(stop, isDescription(patch) ? 'describe' : 'edit', now);
  refuseMovingByPatch(stop, patch);
  const merged = mergePatch(patchable(stop, patch), patch);
  const draft = parseOrRefuse(createStop.input.shape.body, merged, ['body']);
  const changed = { ...stop, ...fieldsOf(draft, newRoomId) };
  return sameJson(changed, stop) ? stop : changed;
}

/**
 * The stop with the rooms it lacks, known by their names; the same object where it has them all.
 * Throws `stop.invalid_transition` for a stop that is over, and `request.invalid` for more rooms than a stop can have.
 */
export function addRooms(
  stop: StopRecord,
  rooms: readonly Pick<StopRecord['rooms'][number], 'name' | 'seats'>[],
  newRoomId: () => string,
  now: Date,
): StopRecord {
  moveStop(stop, 'edit', now);
  const names = new Set(stop.rooms.flatMap(({ name }) => [name.zh, name.en]));
  const missing = rooms.filter(({ name }) => !names.has(name.zh ?? name.en));
  if (missing.length === 0) return stop;
  if (stop.rooms.length + missing.length > maxRooms) {
    throw new Problem('request.invalid', `A stop has ${maxRooms} rooms at most.`);
  }
  const added = missing.map(({ name, seats }) => ({ id: newRoomId(), name, seats }));
  return { ...stop, rooms: [...stop.rooms, ...added] };
}

/** Whether a patch changes only what people read, so that it may be put right after the stop, too. */
function isDescription(patch: StopPatch): boolean {
  const fields = Object.keys(patch);
  return fields.length > 0 && fields.every((field) => field in descriptions);
}

const descriptions: Partial<Record<keyof StopPatch, true>> = {
  description: true,
  travel: true,
  contact: true,
};

/** The fields that a patch is merged into. Another city does not keep the former one's name. */
function patchable(stop: StopRecord, patch: StopPatch): object {
  const moves = patch.city?.code !== undefined && patch.city.code !== stop.city.code;
  return moves ? { ...editableFieldsOf(stop), city: { code: stop.city.code } } : editableFieldsOf(stop);
}

function nameOf(code: string): Localized {
  // A code without a name was refused before; the code itself keeps the text from ever being empty.
  return cityName(code) ?? { zh: code };
}
