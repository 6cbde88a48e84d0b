import { createHash } from 'node:crypto';
import type { ImportedEntry } from './import-schedule.js';
import { roomKey } from './room-key.js';

/** The fields of a session that a file may change. */
const entryFields = [
  'title',
  'abstract',
  'kind',
  'track',
  'language',
  'durationMinutes',
  'room',
  'startsAt',
  'speakers',
] as const;
type EntryField = (typeof entryFields)[number];
/** These decide where and when a session is. */
const placeFields: ReadonlySet<string> = new Set<EntryField>(['room', 'startsAt', 'durationMinutes']);

/** What a file said at the last import that was taken over, so that a later one shows what changed in the file. */
export type TakenFields = {
  title: string;
  abstract: string | null;
  kind: string;
  track: string | null;
  language: string | null;
  durationMinutes: number;
  room: string;
  /** As in the file, before it was aligned to the stop. */
  startsAt: string;
  speakers: string[];
  /** Whether the session got the place that the file gave it. */
  placed: boolean;
};

export function takenFields(entry: ImportedEntry, placed: boolean): TakenFields {
  const { kind, track, language, durationMinutes } = entry;
  return {
    title: entry.title.zh ?? entry.title.en ?? '',
    abstract: entry.abstract?.zh ?? entry.abstract?.en ?? null,
    kind,
    track,
    language,
    durationMinutes,
    room: roomKey(entry.room.name),
    startsAt: entry.fileStartsAt,
    speakers: entry.speakers.map(({ name, email }) => `${name} ${digest(email)}`.trim()),
    placed,
  };
}

/**
 * The fields that a file says otherwise than at the last import; all of them where that is not known.
 * @param hasPlace whether the session has a place now: one that could not have it at the last import may get it
 */
export function changedInFile(
  before: TakenFields | undefined,
  after: TakenFields,
  hasPlace: boolean,
): Set<string> {
  if (before === undefined) return new Set(entryFields);
  const triesAgain = !before.placed && !hasPlace;
  return new Set(
    entryFields.filter(
      (field) =>
        (triesAgain && placeFields.has(field)) ||
        JSON.stringify(before[field]) !== JSON.stringify(after[field]),
    ),
  );
}

/** Tells addresses apart without holding one. */
function digest(email: string | null): string {
  if (email === null) return '';
  return createHash('sha256').update(email.toLowerCase()).digest('base64url').slice(0, 22);
}
