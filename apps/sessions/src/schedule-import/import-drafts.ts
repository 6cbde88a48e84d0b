import type { EntryChange, StopState } from '#contracts';
import { zonedTime } from '#calendar';
import type { SessionRecord } from '../sessions/session.js';
import type { Refusal } from './import-plan.js';
import type { ImportedEntry, RefusedEntry } from './import-schedule.js';
import { differences, updateOf, type KnownEntry } from './entry-update.js';
import { newSession, type Make } from './new-session.js';
import { roomIdsByName, roomKey } from './room-key.js';

export type Entry = ImportedEntry | RefusedEntry;
/** What happens to entries that the stop has already. */
export type ExistingMode = 'skip' | 'update' | 'compare';

/** What an entry would become if its place were free. */
export type Draft =
  | { kind: 'refuse'; entry: Entry; refusal: Refusal; sessionId?: string }
  | { kind: 'missing'; entry: ImportedEntry }
  | { kind: 'known'; entry: ImportedEntry; sessionId: string; changes: EntryChange[]; detail: string | null }
  | { kind: 'create'; entry: ImportedEntry; session: SessionRecord }
  | UpdateDraft;
export type UpdateDraft = {
  kind: 'update';
  entry: ImportedEntry;
  known: KnownEntry;
  session: SessionRecord;
  changes: EntryChange[];
  /** Whether its place has to be found anew. */
  moves: boolean;
};

/** Whatever an entry stands for already, and what is to become of it, in the order of the file. */
export function importDrafts(
  entries: readonly Entry[],
  stop: StopState,
  known: ReadonlyMap<string, KnownEntry>,
  mode: ExistingMode,
  make: Make,
): Draft[] {
  const roomIds = roomIdsByName(stop.rooms);
  return entries.map((entry): Draft => {
    if ('code' in entry) return { kind: 'refuse', entry, refusal: { ...entry, with: [] } };
    const roomId = roomIds.get(roomKey(entry.room.name)) ?? '';
    const present = known.get(entry.sourceId);
    if (present !== undefined) return draftOfKnown(entry, present, stop, { mode, roomId, make });
    if (mode === 'compare') return { kind: 'missing', entry };
    return { kind: 'create', entry, session: newSession(entry, stop, roomId, make) };
  });
}

function draftOfKnown(
  entry: ImportedEntry,
  known: KnownEntry,
  stop: StopState,
  { mode, roomId, make }: { mode: ExistingMode; roomId: string; make: Make },
): Draft {
  const { id, status, endsAt } = known.session;
  const as = { kind: 'known' as const, entry, sessionId: id, changes: [], detail: null };
  if (mode === 'skip') return as;
  if (mode === 'compare') return { ...as, changes: differences(entry, known, stop) };
  const update = updateOf(entry, known, stop, roomId, make);
  if (update === null) return as;
  if (status !== 'accepted' && status !== 'scheduled') {
    return { ...as, detail: `This session is ${status}: it does not follow the file.` };
  }
  if (endsAt !== null && Date.parse(endsAt) <= Date.parse(make.now)) {
    const detail = `This session ended at ${zonedTime(endsAt, stop.timeZone)}: it does not change any more.`;
    const refusal = { code: 'session.closed' as const, detail, with: [] };
    return { kind: 'refuse', entry, refusal, sessionId: id };
  }
  return { kind: 'update', entry, known, ...update };
}
