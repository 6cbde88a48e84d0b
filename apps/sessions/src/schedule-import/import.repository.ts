import { Injectable } from '@nestjs/common';
import type { StopState } from '#contracts';
import type { Transaction, Reader } from '#persistence';
import type { SessionRecord } from '../sessions/session.js';
import { OccupancyRepository } from '../sessions/occupancy.repository.js';
import { SessionRepository } from '../sessions/session.repository.js';
import { keysOf, type ExistingProgramme } from './import-plan.js';
import type { ImportedEntry, RefusedEntry } from './import-schedule.js';
import type { ImportedSpeaker } from './import-speakers.js';
import { ImportedEntryEntity, type ImportedPerson } from './imported-entry.entity.js';

/** A new session and the entry it comes from. */
export type Creation = { session: SessionRecord; entry: ImportedEntry };

/** What an import reads and writes, each with a few statements however many entries there are. */
@Injectable()
export class ImportRepository {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly occupancy: OccupancyRepository,
  ) {}

  /** What stands in the way of these entries, or is one of them already. */
  async findExisting(
    manager: Reader,
    entries: readonly (ImportedEntry | RefusedEntry)[],
    stop: StopState,
  ): Promise<ExistingProgramme> {
    const readable = entries.flatMap((entry) => ('code' in entry ? [] : [entry]));
    const keys = [...new Set(readable.flatMap((entry) => keysOf(entry).map(({ key }) => key)))];
    return {
      known: await this.findKnown(manager, readable, stop.id),
      rooms: await this.occupancy.findRoomsTaken(manager, stop.id),
      speakers: await this.occupancy.findSpeakersTaken(manager, keys, stop),
    };
  }

  /** Writes sessions with their places. Throws the database's error where a constraint refuses one. */
  async insert(manager: Transaction, creations: readonly Creation[], stop: StopState): Promise<void> {
    await this.sessions.insertScheduled(
      manager,
      creations.map(({ session }) => session),
      stop,
    );
    const details = creations.map(({ entry, session }) => {
      const persons = entry.speakers.map((person, index) =>
        importedPerson(person, session.speakers[index]?.id ?? ''),
      );
      return JSON.stringify({ ...entry.source, persons });
    });
    await manager.query(
      `INSERT INTO imported_entries (stop_id, session_id, source_id, details)
       SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::jsonb[])`,
      [
        stop.id,
        creations.map(({ session }) => session.id),
        creations.map(({ entry }) => entry.sourceId),
        details,
      ],
    );
  }

  /** An own export names sessions by their ids, so these count as keys too. */
  private async findKnown(
    manager: Reader,
    entries: readonly ImportedEntry[],
    stopId: string,
  ): Promise<Map<string, string>> {
    const keys = entries.map((entry) => entry.sourceId);
    const found = (await manager.query(
      `SELECT source_id AS key, session_id AS "sessionId" FROM imported_entries
        WHERE stop_id = $1 AND source_id = ANY($2::text[])
       UNION ALL
       SELECT 'guid:' || id::text, id FROM sessions WHERE stop_id = $1 AND 'guid:' || id::text = ANY($2::text[])`,
      [stopId, keys],
    )) as { key: string; sessionId: string }[];
    return new Map(found.map(({ key, sessionId }) => [key, sessionId]));
  }

  findEntries(manager: Reader, stopId: string): Promise<ImportedEntryEntity[]> {
    return manager.findBy(ImportedEntryEntity, { stopId });
  }
}

/** Without the address: what is kept here is given to the public. */
function importedPerson(person: ImportedSpeaker, speakerId: string): ImportedPerson {
  const { name, personKey, sourcePersonId, sourcePersonGuid, more } = person;
  return { name, personKey, sourcePersonId, sourcePersonGuid, more, speakerId };
}
