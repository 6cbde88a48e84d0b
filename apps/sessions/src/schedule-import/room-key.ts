import { foldText, type StopState } from '#contracts';

/** Names that differ in case or blanks alone are one room. */
export function roomKey(name: string): string {
  return foldText(name).replace(/\s+/gu, '');
}

/** The rooms of a stop by the keys of their names; of two with one name the first counts. */
export function roomIdsByName(rooms: StopState['rooms']): Map<string, string> {
  const named = rooms.flatMap(({ id, name }) =>
    [name.zh, name.en].flatMap((text) => (text === undefined ? [] : [[roomKey(text), id] as const])),
  );
  return new Map(named.reverse());
}
