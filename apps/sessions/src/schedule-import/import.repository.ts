import { Injectable } from '@nestjs/common';
import type { StopState } from '#contracts';
import type { Transaction, Reader } from '#persistence';
import { OccupancyRepository } from '../sessions/occupancy.repository.js';
import type { SessionRecord } from '../sessions/session.js';
import { SessionRepository } from '../sessions/session.repository.js';
import type { KnownEntry } from './entry-update.js';
import type { Entry } from './import-drafts.js';
import type { Taken } from './import-plan.js';
import type { ImportedEntry } from './import-schedule.js';
import type { ImportedSpeaker } from './import-speakers.js';
import { ImportedEntryEntity } from './imported-entry.entity.js';
import type { ImportedDetails, ImportedPerson } from './imported-entry.js';
import { takenFields } from './taken-fields.js';

/** A session as an entry makes it; `known` is null for a new one. */
export type Written = { session: SessionRecord; entry: ImportedEntry; known: KnownEntry | null };

/** What an import reads and writes, each with a few statements however many entries there are. */
@Injectable()
export class ImportRepository {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly occupancy: OccupancyRepository,
  ) {}

  /** The sessions that entries stand for already, by the keys of the entries. */
  async findKnown(
    manager: Reader,
    entries: readonly Entry[],
    stopId: string,
  ): Promise<Map<string, KnownEntry>> {
    const found = await this.findKnownIds(manager, entries, stopId);
    const ids = [...new Set(found.map(({ sessionId }) => sessionId))];
    const sessions = new Map((await this.sessions.findAll(manager, ids)).map((one) => [one.id, one]));
    const latest = new Map((await this.findLatest(manager, ids)).map((one) => [one.sessionId, one]));
    return new Map(
      found.flatMap(({ key, sessionId }) => {
        const session = sessions.get(sessionId);
        if (session === undefined) return [];
        const { details = null, revision = 0 } = latest.get(sessionId) ?? {};
        return [[key, { session, details, revision }] as const];
      }),
    );
  }

  /** What takes the rooms of the stop and the time of these speakers. */
  async findTaken(manager: Reader, speakerKeys: readonly string[], stop: StopState): Promise<Taken> {
    return {
      rooms: await this.occupancy.findRoomsTaken(manager, stop.id),
      speakers: await this.occupancy.findSpeakersTaken(manager, speakerKeys, stop),
    };
  }

  /** Frees the places of sessions that are about to get others. */
  async clearPlaces(manager: Transaction, ids: string[]): Promise<void> {
    if (ids.length > 0) await this.sessions.clearPlaces(manager, ids);
  }

  /** Writes sessions with their places. Throws the database's error where a constraint refuses one. */
  async write(manager: Transaction, some: readonly Written[], stop: StopState): Promise<void> {
    const sessionsOf = (known: boolean): SessionRecord[] =>
      some.filter((one) => (one.known !== null) === known).map(({ session }) => session);
    await this.sessions.insertScheduled(manager, sessionsOf(false), stop);
    await this.sessions.saveAll(manager, sessionsOf(true), stop);
    await this.insertEntries(manager, some, stop.id);
  }

  /** Every revision of a stop's entries. */
  findEntries(manager: Reader, stopId: string): Promise<ImportedEntryEntity[]> {
    return manager.findBy(ImportedEntryEntity, { stopId });
  }

  private async insertEntries(manager: Transaction, some: readonly Written[], stopId: string): Promise<void> {
    await manager.query(
      `INSERT INTO imported_entries (stop_id, session_id, source_id, details, revision)
       SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::jsonb[], $5::integer[])`,
      [
        stopId,
        some.map(({ session }) => session.id),
        some.map(({ entry }) => entry.sourceId),
        some.map((one) => JSON.stringify(detailsOf(one))),
        some.map(({ known }) => (known?.revision ?? 0) + 1),
      ],
    );
  }

  /** An own export names sessions by their ids, so these count as keys too. */
  private async findKnownIds(
    manager: Reader,
    entries: readonly Entry[],
    stopId: string,
  ): Promise<{ key: string; sessionId: string }[]> {
    const keys = entries.flatMap((entry) => ('code' in entry ? [] : [entry.sourceId]));
    return (await manager.query(
      `SELECT DISTINCT source_id AS key, session_id AS "sessionId" FROM imported_entries
        WHERE stop_id = $1 AND source_id = ANY($2::text[])
       UNION ALL
       SELECT 'guid:' || id::text, id FROM sessions WHERE stop_id = $1 AND 'guid:' || id::text = ANY($2::text[])`,
      [stopId, keys],
    )) as { key: string; sessionId: string }[];
  }

  private async findLatest(manager: Reader, sessionIds: readonly string[]): Promise<LatestEntry[]> {
    return (await manager.query(
      `SELECT DISTINCT ON (session_id) session_id AS "sessionId", revision, details FROM imported_entries
        WHERE session_id = ANY($1::uuid[]) ORDER BY session_id, revision DESC`,
      [sessionIds],
    )) as LatestEntry[];
  }
}

type LatestEntry = { sessionId: string; revision: number; details: ImportedDetails };

function detailsOf({ entry, session, known }: Written): ImportedDetails {
  const persons = entry.speakers.map((person, index) =>
    importedPerson(person, session.speakers[index]?.id ?? ''),
  );
  // The names of a session that no file had before are its own ones, and stay so.
  const own = known !== null && known.details === null ? { guid: null, id: null, slug: null, url: null } : {};
  return { ...entry.source, ...own, persons, taken: takenFields(entry, session.startsAt !== null) };
}

/** Without the address: what is kept here is given to the public. */
function importedPerson(person: ImportedSpeaker, speakerId: string): ImportedPerson {
  const { email: _, ...kept } = person;
  return { ...kept, speakerId };
}
