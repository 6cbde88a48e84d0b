import type { EntryChange, Localized, StopState } from '#contracts';
import { endOf } from '../sessions/placement.js';
import type { SessionRecord } from '../sessions/session.js';
import type { StoredSpeaker } from '../sessions/speakers.js';
import { sessionDifferences, sourceDifferences } from './entry-differences.js';
import type { ImportedEntry } from './import-schedule.js';
import type { ImportedDetails } from './imported-entry.js';
import { newSpeaker, type Make } from './new-session.js';
import { changedInFile, takenFields } from './taken-fields.js';

/** A session that an entry stands for, and what the file said of it at the last import (null if it never did). */
export type KnownEntry = { session: SessionRecord; details: ImportedDetails | null; revision: number };

/** A session as the file would have it: its place may still be refused. */
export type EntryUpdate = { session: SessionRecord; changes: EntryChange[]; moves: boolean };

/** All that the file says otherwise than the stop has it. */
export function differences(entry: ImportedEntry, known: KnownEntry, stop: StopState): EntryChange[] {
  return once([...ofSession(entry, known, stop), ...sourceDifferences(entry, known.details)]);
}

/**
 * The session after it has taken over what changed in the file since the last import; what only the organizers changed
 * stays theirs. Null where nothing is to be taken over.
 */
export function updateOf(
  entry: ImportedEntry,
  known: KnownEntry,
  stop: StopState,
  roomId: string,
  make: Make,
): EntryUpdate | null {
  const hasPlace = known.session.startsAt !== null;
  const changed = changedInFile(known.details?.taken, takenFields(entry, true), hasPlace);
  const own = ofSession(entry, known, stop).filter(({ field }) => changed.has(field));
  const changes = once([...own, ...sourceDifferences(entry, known.details)]);
  if (changes.length === 0) return null;
  const fields = new Set(own.map(({ field }) => field));
  const session = applied(entry, known, fields, { roomId, make });
  const moves = ['room', 'startsAt', 'durationMinutes', 'speakers'].some((field) => fields.has(field));
  return { session, changes, moves };
}

function ofSession(entry: ImportedEntry, { session }: KnownEntry, stop: StopState): EntryChange[] {
  const room = stop.rooms.find(({ id }) => id === session.roomId);
  return sessionDifferences(entry, session, room);
}

/** A text may differ from the last import and from the session: the difference from the session is the one to tell. */
function once(changes: readonly EntryChange[]): EntryChange[] {
  const names = changes.map(({ field }) => field);
  return changes.filter(({ field }, index) => names.indexOf(field) === index);
}

function applied(
  entry: ImportedEntry,
  { session, details }: KnownEntry,
  fields: ReadonlySet<string>,
  { roomId, make }: { roomId: string; make: Make },
): SessionRecord {
  const pick = <K extends 'kind' | 'track' | 'language' | 'durationMinutes'>(field: K) =>
    fields.has(field) ? entry[field] : session[field];
  const texts = {
    title: fields.has('title') ? reworded(session.title, entry.title, details?.taken?.title) : session.title,
    abstract: fields.has('abstract')
      ? entry.abstract && reworded(session.abstract ?? {}, entry.abstract, details?.taken?.abstract)
      : session.abstract,
    kind: pick('kind') as SessionRecord['kind'],
    track: pick('track') as string | null,
    language: pick('language') as SessionRecord['language'],
    durationMinutes: pick('durationMinutes') as number,
    speakers: fields.has('speakers') ? speakersAfter(entry, session, details, make) : session.speakers,
  };
  const changed = { ...session, ...texts, version: session.version + 1 };
  return { ...changed, ...placeAfter(entry, changed, fields, roomId) };
}

/** The file's language gets the file's text; one of the last import's text goes; another language stays. */
function reworded(present: Localized, file: Localized, taken: string | null | undefined): Localized {
  const others = Object.entries(present).filter(([, text]) => text !== taken);
  return { ...Object.fromEntries(others), ...file };
}

/** A session that organizers took off the timetable stays off it, unless the file moves it. */
function placeAfter(
  entry: ImportedEntry,
  session: SessionRecord,
  fields: ReadonlySet<string>,
  roomId: string,
): Pick<SessionRecord, 'roomId' | 'startsAt' | 'endsAt' | 'status' | 'reason'> {
  const { status, reason } = session;
  if (session.startsAt === null && !fields.has('room') && !fields.has('startsAt')) {
    return { roomId: null, startsAt: null, endsAt: null, status, reason };
  }
  const startsAt = fields.has('startsAt') ? entry.startsAt : (session.startsAt ?? entry.startsAt);
  return {
    roomId: fields.has('room') ? roomId : (session.roomId ?? roomId),
    startsAt,
    endsAt: endOf(startsAt, session.durationMinutes),
    status: 'scheduled',
    reason: null,
  };
}

/** Who is known by address, by the person of the last import or by name stays the same speaker, with all that is added. */
function speakersAfter(
  entry: ImportedEntry,
  { speakers }: SessionRecord,
  details: ImportedDetails | null,
  make: Make,
): StoredSpeaker[] {
  const free = new Set(speakers);
  const take = (isSame: (stored: StoredSpeaker) => boolean): StoredSpeaker | undefined => {
    const found = [...free].find(isSame);
    if (found !== undefined) free.delete(found);
    return found;
  };
  return entry.speakers.map((speaker): StoredSpeaker => {
    const { name, email, personKey } = speaker;
    const person = details?.persons.find((one) => personKey !== null && one.personKey === personKey);
    const stored =
      take((one) => email !== null && one.email === email) ??
      take(({ id }) => id === person?.speakerId) ??
      take((one) => one.name === name);
    if (stored === undefined) return newSpeaker(speaker, make);
    const address = email ?? stored.email;
    return {
      ...stored,
      name,
      email: address,
      personKey: address === null ? (stored.personKey ?? personKey) : null,
    };
  });
}
