import type { EntryChange, ProblemCode, StopState } from '#contracts';
import { outsideStop } from '../sessions/placement.js';
import { nowhere, type SessionRecord } from '../sessions/session.js';
import { speakerKeys, speakerNamed } from '../sessions/speakers.js';
import type { RoomTaken, SpeakerTaken } from '../sessions/taken.js';
import type { KnownEntry } from './entry-update.js';
import { ImportConflicts, type Occupant, type Wanted } from './import-conflicts.js';
import type { Draft, Entry, UpdateDraft } from './import-drafts.js';
import type { ImportedEntry } from './import-schedule.js';

/** The places that are taken before an import. */
export type Taken = { rooms: readonly RoomTaken[]; speakers: readonly SpeakerTaken[] };

export type Refusal = { code: ProblemCode; detail: string; with: readonly Met[] };

/** What is in the way; without an id where a comparison speaks of a session that an import would make. */
type Met = Omit<Occupant, 'sessionId'> & { sessionId: string | null };

/** What becomes of an entry. */
export type Decision =
  | { kind: 'create'; entry: ImportedEntry; session: SessionRecord }
  | {
      kind: 'update';
      entry: ImportedEntry;
      known: KnownEntry;
      session: SessionRecord;
      changes: EntryChange[];
    }
  /** Accepted without a place, for the reason given; `known` is null for a new session. */
  | {
      kind: 'keep';
      entry: ImportedEntry;
      known: KnownEntry | null;
      session: SessionRecord;
      changes: EntryChange[];
      refusal: Refusal;
    }
  | {
      kind: 'known';
      entry: ImportedEntry;
      sessionId: string;
      changes: EntryChange[];
      detail: string | null;
      outlook?: Refusal;
    }
  /** `outlook`: why an import could not give it its place. */
  | { kind: 'missing'; entry: ImportedEntry; outlook?: Refusal }
  /** A session that the stop has already stays as it was. */
  | { kind: 'refuse'; entry: Entry; refusal: Refusal; sessionId?: string };

/** Which sessions could not go where the file wants them, and so stay where they are. */
type Staying = ReadonlyMap<string, Refusal>;

/** Each round finds at least one more session that must stay where it is; after these all of them stay. */
const maxRounds = 20;

/**
 * Decides every entry in the order of the file: each gets its place unless an earlier one, or a session that does not
 * move, has it.
 * @param keepsUnplaced whether what can't have its place becomes accepted; else it is refused, and a session that the
 *   stop has already stays as it was
 */
export function planImport(
  drafts: readonly Draft[],
  stop: StopState,
  taken: Taken,
  keepsUnplaced: boolean,
): Decision[] {
  if (keepsUnplaced) return decideAll(drafts, stop, taken, new Map());
  let staying: Staying = new Map();
  for (let round = 1; ; round += 1) {
    const plan = decideAll(drafts, stop, taken, staying);
    const refused = plan.flatMap((one) =>
      one.kind === 'keep' && one.known !== null ? [[one.known.session.id, one.refusal] as const] : [],
    );
    if (refused.length === 0) return withoutKept(plan);
    staying = new Map([...staying, ...refused, ...(round < maxRounds ? [] : allOf(drafts))]);
  }
}

/**
 * A comparison that also tells what an import could not place, and why.
 * @param imported what the import would decide, entry by entry
 */
export function withOutlook(compared: readonly Decision[], imported: readonly Decision[]): Decision[] {
  const made = new Set(imported.flatMap((one) => ('session' in one && isNew(one) ? [one.session.id] : [])));
  return compared.map((one, at) => {
    const other = imported[at];
    if (other === undefined || !('refusal' in other)) return one;
    if (one.kind !== 'missing' && one.kind !== 'known') return one;
    return { ...one, outlook: withoutIds(other.refusal, made) };
  });
}

const isNew = (one: Decision): boolean =>
  one.kind === 'create' || (one.kind === 'keep' && one.known === null);

/** A session that nobody has made has no id that anybody could look up. */
function withoutIds(refusal: Refusal, made: ReadonlySet<string>): Refusal {
  const met = refusal.with.map((one) => (made.has(one.sessionId ?? '') ? { ...one, sessionId: null } : one));
  return { ...refusal, with: met };
}

/** The keys of everybody who speaks in what is to get a place. */
export function keysOf(drafts: readonly Draft[]): string[] {
  return [...new Set(drafts.flatMap((draft) => ('session' in draft ? speakerKeys(draft.session) : [])))];
}

/** The same session without the place that it can't have. */
export function kept(
  one: Extract<Decision, { kind: 'create' | 'update' }>,
  refusal: Refusal,
): Extract<Decision, { kind: 'keep' }> {
  const session = { ...one.session, ...nowhere, status: 'accepted' as const, reason: refusal.detail };
  const [known, changes] = one.kind === 'update' ? [one.known, one.changes] : [null, []];
  return { kind: 'keep', entry: one.entry, known, session, changes, refusal };
}

/** For those who would rather have only what has its place: what would be kept is refused. */
function withoutKept(plan: readonly Decision[]): Decision[] {
  return plan.map((one) =>
    one.kind === 'keep' ? { kind: 'refuse', entry: one.entry, refusal: one.refusal } : one,
  );
}

function decideAll(drafts: readonly Draft[], stop: StopState, taken: Taken, staying: Staying): Decision[] {
  const movers = new Set(drafts.flatMap((draft) => (isMover(draft, staying) ? [draft.session.id] : [])));
  const stays = ({ sessionId }: { sessionId: string }): boolean => !movers.has(sessionId);
  const conflicts = new ImportConflicts(stop, taken.rooms.filter(stays), taken.speakers.filter(stays));
  return drafts.map((draft) => decide(draft, stop, conflicts, staying));
}

function isMover(draft: Draft, staying: Staying): draft is UpdateDraft {
  return draft.kind === 'update' && draft.moves && !staying.has(draft.session.id);
}

function decide(draft: Draft, stop: StopState, conflicts: ImportConflicts, staying: Staying): Decision {
  if (draft.kind !== 'create' && draft.kind !== 'update') return draft;
  const { entry, session } = draft;
  const stays = draft.kind === 'update' ? staying.get(session.id) : undefined;
  if (stays !== undefined) return { kind: 'refuse', entry, refusal: stays, sessionId: session.id };
  const decision: Extract<Decision, { kind: 'create' | 'update' }> =
    draft.kind === 'create'
      ? { kind: 'create', entry, session }
      : { kind: 'update', entry, known: draft.known, session, changes: draft.changes };
  if (session.startsAt === null || (draft.kind === 'update' && !draft.moves)) return decision;
  const wanted = wantedOf(session, entry, stop);
  const refusal = outsideTimes(session, stop) ?? conflicts.find(wanted) ?? withoutRoom(wanted, entry);
  if (refusal !== null) return kept(decision, refusal);
  conflicts.add(wanted);
  return decision;
}

/** The reason for those of the last round, whose places depend on each other. */
function allOf(drafts: readonly Draft[]): [string, Refusal][] {
  const detail = 'Its place is taken by a session that can not move either.';
  return drafts.flatMap((draft) =>
    draft.kind === 'update' && draft.moves
      ? [[draft.session.id, { code: 'session.room_conflict' as const, detail, with: [] }]]
      : [],
  );
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
    speakers: speakerKeys(session).map((key) => ({ key, name: speakerNamed(session, key) })),
  };
}
