import {
  cityName,
  createStop,
  mergePatch,
  parseOrRefuse,
  type Localized,
  type StopDraft,
  type StopPatch,
} from '#contracts';
import { sameJson } from './difference.js';
import { refuseFaults, refuseMovingByPatch, stopFaults } from './stop-faults.js';
import { moveStop } from './stop-lifecycle.js';
import { writtenOf, type StopFields, type StopRecord } from './stop.js';

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
    rooms: rooms.map(({ id, name, seats }) => ({ id: id ?? newRoomId(), name, seats })),
    partners: draft.partners,
  };
}

/**
 * The stop after a merge patch; the same object where the patch changes nothing.
 * Throws `stop.invalid_transition` for a stop that is over, `stop.use_reschedule` for other times once published,
 * and `request.invalid` for a result that a new stop could not have.
 */
export function patchStop(stop: StopRecord, patch: StopPatch, newRoomId: () => string): StopRecord {
  moveStop(stop, 'edit');
  refuseMovingByPatch(stop, patch);
  const merged = mergePatch(patchable(stop, patch), patch);
  const draft = parseOrRefuse(createStop.input.shape.body, merged, ['body']);
  const changed = { ...stop, ...fieldsOf(draft, newRoomId) };
  return sameJson(changed, stop) ? stop : changed;
}

/** The fields that a patch is merged into. Another city does not keep the former one's name. */
function patchable(stop: StopRecord, patch: StopPatch): object {
  const moves = patch.city?.code !== undefined && patch.city.code !== stop.city.code;
  return moves ? { ...writtenOf(stop), city: { code: stop.city.code } } : writtenOf(stop);
}

function nameOf(code: string): Localized {
  // A code without a name was refused before; the code itself keeps the text from ever being empty.
  return cityName(code) ?? { zh: code };
}
