import { maxRooms, type Room, type StopState } from '#contracts';
import { localized, type ImportedEntry, type RefusedEntry } from './import-schedule.js';
import { roomIdsByName, type Decision } from './import-plan.js';

const maxSeats = 100_000;

/**
 * The rooms that a file names and the stop lacks, as many as it can still have. One whose seats the file does not tell
 * has as many as the stop.
 */
export function missingRooms(
  entries: readonly (ImportedEntry | RefusedEntry)[],
  stop: Pick<StopState, 'rooms' | 'capacity'>,
  newId: () => string,
): Room[] {
  const known = roomIdsByName(stop.rooms);
  const wanted = new Map(
    entries.flatMap((entry) =>
      'code' in entry || known.has(entry.room.name) ? [] : [[entry.room.name, entry.room] as const],
    ),
  );
  const free = Math.max(0, maxRooms - stop.rooms.length);
  return [...wanted.values()].slice(0, free).map(({ name, capacity }) => {
    return { id: newId(), name: localized(name), seats: seatsOf(capacity) ?? stop.capacity };
  });
}

/** Those of the missing rooms in which something would take place. */
export function roomsInUse(missing: readonly Room[], plan: readonly Decision[]): Room[] {
  const used = new Set(plan.flatMap((one) => (one.kind === 'create' ? [one.session.roomId] : [])));
  return missing.filter((room) => used.has(room.id));
}

function seatsOf(capacity: number | null): number | null {
  const fits = capacity !== null && Number.isInteger(capacity) && capacity >= 1 && capacity <= maxSeats;
  return fits ? capacity : null;
}
