import { Problem, type Localized } from '#contracts';

interface StopWithRooms {
  rooms: readonly { id: string; name: Localized }[];
}

/** Rooms would go, and whether sessions take place in them has not been asked yet. */
export class UnknownRoomUse extends Error {}

/**
 * Throws `stop.room_in_use` where a change removes a room in which a session is scheduled.
 * @param inUse the ids of the rooms in use; undefined where they are not known, and then `UnknownRoomUse` is thrown
 */
export function refuseRemovingUsedRooms(
  before: StopWithRooms,
  after: StopWithRooms,
  inUse: ReadonlySet<string> | undefined,
): void {
  const removed = removedRooms(before, after);
  if (removed.length === 0) return;
  if (inUse === undefined) throw new UnknownRoomUse();
  const used = removed.filter(({ id }) => inUse.has(id));
  if (used.length === 0) return;
  const names = used.map(({ name }) => `“${name.en ?? name.zh ?? ''}”`).join(', ');
  throw new Problem(
    'stop.room_in_use',
    `Sessions are scheduled in ${names}. Move them before you remove the room.`,
  );
}

/** The rooms that a change takes away. */
export function removedRooms(before: StopWithRooms, after: StopWithRooms): StopWithRooms['rooms'] {
  const kept = new Set(after.rooms.map((room) => room.id));
  return before.rooms.filter((room) => !kept.has(room.id));
}
