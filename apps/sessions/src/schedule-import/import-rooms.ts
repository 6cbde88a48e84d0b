import { maxRooms, type Room, type StopState } from '#contracts';
import { localized, type ImportedEntry, type ImportedSchedule } from './import-schedule.js';
import type { Decision } from './import-plan.js';
import { roomIdsByName, roomKey } from './room-key.js';

const maxSeats = 100_000;

/**
 * The rooms that a file names and the stop lacks, in the file's order, as many as it can still have. One whose seats
 * the file does not tell has as many as the stop.
 */
export function missingRooms(
  { entries, roomNames }: Pick<ImportedSchedule, 'entries' | 'roomNames'>,
  stop: Pick<StopState, 'rooms' | 'capacity'>,
  newId: () => string,
): Room[] {
  const known = roomIdsByName(stop.rooms);
  const listed = new Map(roomNames.map((name, index) => [roomKey(name), index]));
  const wanted = new Map<string, ImportedEntry['room']>();
  for (const entry of entries) {
    const key = 'code' in entry ? '' : roomKey(entry.room.name);
    if ('code' in entry || key === '' || known.has(key) || wanted.has(key)) continue;
    wanted.set(key, entry.room);
  }
  // In the order of the file's own list, and what is not on it in the order of appearance.
  const place = (key: string): number => listed.get(key) ?? listed.size;
  const inOrder = [...wanted].sort(([a], [b]) => place(a) - place(b)).map(([, room]) => room);
  const free = Math.max(0, maxRooms - stop.rooms.length);
  return inOrder.slice(0, free).map(({ name, capacity }) => {
    return { id: newId(), name: localized(name), seats: seatsOf(capacity) ?? stop.capacity };
  });
}

/** Those of the missing rooms in which something would take place. */
export function roomsInUse(missing: readonly Room[], plan: readonly Decision[]): Room[] {
  const used = new Set(
    plan.flatMap((one) => (one.kind === 'create' || one.kind === 'update' ? [one.session.roomId] : [])),
  );
  return missing.filter((room) => used.has(room.id));
}

function seatsOf(capacity: number | null): number | null {
  const fits = capacity !== null && Number.isInteger(capacity) && capacity >= 1 && capacity <= maxSeats;
  return fits ? capacity : null;
}
