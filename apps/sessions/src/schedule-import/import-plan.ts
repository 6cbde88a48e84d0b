import type { Problem, ProblemCode, StopState } from '#contracts';
import { endOf, outsideStop } from '../sessions/placement.js';
import type { SessionRecord } from '../sessions/session.js';
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
  | { kind: 'known'; entry: ImportedEntry; sessionId: string }
  | { kind: 'refuse'; entry: ImportedEntry | RefusedEntry; refusal: Refusal };

/**
 * Decides every entry in the order of the file: each gets its place unless an earlier one, or a session that is there,
 * has it.
 */
export function planImport(
  entries: readonly (ImportedEntry | RefusedEntry)[],
  stop: StopState,
  standing: ExistingProgramme,
  make: { id: () => string; now: string },
): Decision[] {
  const conflicts = new ImportConflicts(stop, standing.rooms, standing.speakers);
  const roomIds = roomIdsByName(stop.rooms);
  return entries.map((entry) => {
    if ('code' in entry) return refuse(entry, { ...entry, with: [] });
    const sessionId = standing.known.get(entry.sourceId);
    if (sessionId !== undefined) return { kind: 'known', entry, sessionId };
    const session = sessionOf(entry, stop, roomIds.get(entry.room.name) ?? '', make);
    const outside = outsideTimes(session, stop);
    if (outside !== null) return refuse(entry, { ...outside, with: [] });
    const wanted = wantedOf(session, entry, stop);
    const refusal = conflicts.find(wanted) ?? withoutRoom(wanted, entry);
    if (refusal !== null) return refuse(entry, refusal);
    conflicts.add(wanted);
    return { kind: 'create', entry, session };
  });
}

/** The rooms of a stop by each of their names; of two with one name the first counts. */
export function roomIdsByName(rooms: StopState['rooms']): Map<string, string> {
  const named = rooms.flatMap(({ id, name }) =>
    [name.zh, name.en].flatMap((text) => (text === undefined ? [] : [[text, id] as const])),
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

function refuse(
  entry: ImportedEntry | RefusedEntry,
  { code, detail, with: met }: Refusal,
): Extract<Decision, { kind: 'refuse' }> {
  return { kind: 'refuse', entry, refusal: { code, detail, with: met } };
}

function outsideTimes({ roomId, startsAt, endsAt }: SessionRecord, stop: StopState): Problem | null {
  const place = { roomId: roomId ?? '', startsAt: startsAt ?? '', endsAt: endsAt ?? '' };
  return outsideStop(place, { ...stop, rooms: [{ id: place.roomId }] });
}

/** Asked last: no room is made for an entry that is refused anyway, and its own reason is the one to tell. */
function withoutRoom({ roomId }: Wanted, entry: ImportedEntry): Refusal | null {
  if (roomId !== '') return null;
  const detail = `The stop has no room “${entry.room.name}” and can have no more rooms.`;
  return { code: 'request.invalid', detail, with: [] };
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
