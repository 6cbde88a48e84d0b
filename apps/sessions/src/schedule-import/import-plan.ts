import { foldText, type ProblemCode, type StopState } from '#contracts';
import { endOf, outsideStop } from '../sessions/placement.js';
import { nowhere, type SessionRecord } from '../sessions/session.js';
import { speakerKey } from '../sessions/speakers.js';
import type { RoomTaken, SpeakerTaken } from '../sessions/taken.js';
import { ImportConflicts, type Occupant, type Wanted } from './import-conflicts.js';
import type { ImportedEntry, RefusedEntry } from './import-schedule.js';

/** What is there before an import. */
export type ExistingProgramme = {
  /** The session of this stop that a key stands for already. */
  known: ReadonlyMap<string, string>;
  rooms: readonly RoomTaken[];
  speakers: readonly SpeakerTaken[];
};

export type Refusal = { code: ProblemCode; detail: string; with: readonly Occupant[] };

/** What becomes of an entry. */
export type Decision =
  | { kind: 'create'; entry: ImportedEntry; session: SessionRecord }
  /** Accepted without a place, for the reason given. */
  | { kind: 'keep'; entry: ImportedEntry; session: SessionRecord; refusal: Refusal }
  | { kind: 'known'; entry: ImportedEntry; sessionId: string }
  | { kind: 'refuse'; entry: ImportedEntry | RefusedEntry; refusal: Refusal };

/**
 * Decides every entry in the order of the file: each gets its place unless an earlier one, or a session that is there,
 * has it.
 */
export function planImport(
  entries: readonly (ImportedEntry | RefusedEntry)[],
  stop: StopState,
  existing: ExistingProgramme,
  make: { id: () => string; now: string },
): Decision[] {
  const conflicts = new ImportConflicts(stop, existing.rooms, existing.speakers);
  const roomIds = roomIdsByName(stop.rooms);
  return entries.map((entry): Decision => {
    if ('code' in entry) return { kind: 'refuse', entry, refusal: { ...entry, with: [] } };
    const sessionId = existing.known.get(entry.sourceId);
    if (sessionId !== undefined) return { kind: 'known', entry, sessionId };
    const session = sessionOf(entry, stop, roomIds.get(roomKey(entry.room.name)) ?? '', make);
    const wanted = wantedOf(session, entry, stop);
    const refusal = outsideTimes(session, stop) ?? conflicts.find(wanted) ?? withoutRoom(wanted, entry);
    if (refusal !== null) return kept({ kind: 'create', entry, session }, refusal);
    conflicts.add(wanted);
    return { kind: 'create', entry, session };
  });
}

/** The same session without the place that it can't have. */
export function kept({ entry, session }: Extract<Decision, { kind: 'create' }>, refusal: Refusal): Decision {
  const accepted = { ...session, ...nowhere, status: 'accepted' as const, reason: refusal.detail };
  return { kind: 'keep', entry, session: accepted, refusal };
}

/** For those who would rather have only what has its place: what would be kept is refused. */
export function withoutKept(plan: readonly Decision[]): Decision[] {
  return plan.map((one) =>
    one.kind === 'keep' ? { kind: 'refuse', entry: one.entry, refusal: one.refusal } : one,
  );
}

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

/** By what the speakers of an entry are known across all stops of the organization. */
export function keysOf(entry: ImportedEntry): { key: string; name: string }[] {
  return entry.speakers.flatMap(({ name, email, personKey }) => {
    if (email !== null) return [{ key: speakerKey({ email }), name }];
    return personKey === null ? [] : [{ key: speakerKey({ personKey }), name }];
  });
}

function outsideTimes({ roomId, startsAt, endsAt }: SessionRecord, stop: StopState): Refusal | null {
  const place = { roomId: roomId ?? '', startsAt: startsAt ?? '', endsAt: endsAt ?? '' };
  const problem = outsideStop(place, { ...stop, rooms: [{ id: place.roomId }] });
  return problem && { code: problem.code, detail: problem.detail, with: [] };
}

/** Asked last: no room is made for an entry that can't have its place anyway, and that reason is the one to tell. */
function withoutRoom({ roomId }: Wanted, entry: ImportedEntry): Refusal | null {
  if (roomId !== '') return null;
  const { name } = entry.room;
  const detail =
    name === ''
      ? 'The file names no room for it.'
      : `The stop has no room “${name}” and can have no more rooms.`;
  return { code: 'session.outside_stop', detail, with: [] };
}

function wantedOf(session: SessionRecord, entry: ImportedEntry, stop: StopState): Wanted {
  const { id, title, roomId, startsAt, endsAt } = session;
  const room = stop.rooms.find((one) => one.id === roomId);
  return {
    sessionId: id,
    given: entry.given,
    title,
    startsAt: startsAt ?? '',
    endsAt: endsAt ?? '',
    startMs: Date.parse(startsAt ?? ''),
    endMs: Date.parse(endsAt ?? ''),
    roomId: roomId ?? '',
    roomName: room?.name ?? {},
    speakers: keysOf(entry),
  };
}

/** An organizer's own talk, accepted and in its place at once. */
function sessionOf(
  entry: ImportedEntry,
  stop: StopState,
  roomId: string,
  make: { id: () => string; now: string },
): SessionRecord {
  const { title, abstract, track, kind, durationMinutes, language, startsAt } = entry;
  return {
    id: make.id(),
    stopId: stop.id,
    organizationId: stop.organizationId,
    companyId: null,
    title,
    abstract,
    track,
    kind,
    durationMinutes,
    speakers: entry.speakers.map(({ name, email, personKey }) => {
      return {
        id: make.id(),
        name,
        email,
        personKey,
        organization: null,
        jobTitle: null,
        language: null,
        mayOverlap: false,
      };
    }),
    language,
    status: 'scheduled',
    roomId,
    startsAt,
    endsAt: endOf(startsAt, durationMinutes),
    reason: null,
    createdAt: make.now,
    version: 1,
  };
}
