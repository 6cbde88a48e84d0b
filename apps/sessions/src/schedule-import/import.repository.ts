import { Injectable } from '@nestjs/common';
import { formatInstant, type Localized, type StopState } from '#contracts';
import type { Transaction, Reader } from '#persistence';
import type { SessionRecord } from '../sessions/session.js';
import { SessionRepository } from '../sessions/session.repository.js';
import type { RoomTaken, SpeakerTaken } from './import-conflicts.js';
import { keysOf, type ExistingProgramme } from './import-plan.js';
import type { ImportedEntry, RefusedEntry } from './import-schedule.js';
import { ImportedEntryEntity } from './imported-entry.entity.js';

/** A new session and the entry it comes from. */
export type Creation = { session: SessionRecord; entry: ImportedEntry };

type Row<T> = Omit<T, 'startsAt' | 'endsAt'> & { startsAt: Date; endsAt: Date };

/** Longer than any travel time that a tour can have. */
const reachOfTravel = `interval '7 days'`;

/** What an import reads and writes, each with a few statements however many entries there are. */
@Injectable()
export class ImportRepository {
  constructor(private readonly sessions: SessionRepository) {}

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
      rooms: await this.findRoomsTaken(manager, stop.id),
      speakers: await this.findSpeakersTaken(manager, keys, stop),
    };
  }

  /** Writes sessions with their places. Throws the database's error where a constraint refuses one. */
  async insert(manager: Transaction, creations: readonly Creation[], stop: StopState): Promise<void> {
    await this.sessions.insertScheduled(
      manager,
      creations.map(({ session }) => session),
      stop,
    );
    const details = creations.map(({ entry }) => {
      const persons = entry.speakers.map(({ name, personKey, sourcePersonId, sourcePersonGuid }) => {
        return { name, personKey, sourcePersonId, sourcePersonGuid };
      });
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

  private async findRoomsTaken(manager: Reader, stopId: string): Promise<RoomTaken[]> {
    const found = (await manager.query(
      `SELECT id AS "sessionId", title, starts_at AS "startsAt", ends_at AS "endsAt", room_id AS "roomId"
         FROM sessions WHERE stop_id = $1 AND status = 'scheduled'`,
      [stopId],
    )) as Row<RoomTaken>[];
    return found.map(withTexts);
  }

  private async findSpeakersTaken(manager: Reader, keys: string[], stop: StopState): Promise<SpeakerTaken[]> {
    const found = (await manager.query(
      `SELECT session.id AS "sessionId", session.title, session.starts_at AS "startsAt", session.ends_at AS "endsAt",
              booked.speaker_key AS "speakerKey", booked.place, stops.state->'city'->'name' AS "cityName",
              (stops.state->>'speakerTravelMinutes')::int AS "travelMinutes"
         FROM speaker_bookings booked
         JOIN sessions session ON session.id = booked.session_id
         JOIN stops ON stops.id = session.stop_id
        WHERE booked.organization_id = $1 AND booked.kind = 'talk' AND booked.speaker_key = ANY($2::text[])
          AND booked.during && tstzrange($3::timestamptz - ${reachOfTravel}, $4::timestamptz + ${reachOfTravel})`,
      [stop.organizationId, keys, stop.startsAt, stop.endsAt],
    )) as (Row<SpeakerTaken> & { cityName: Localized })[];
    return found.map(withTexts);
  }

  findEntries(manager: Reader, stopId: string): Promise<ImportedEntryEntity[]> {
    return manager.findBy(ImportedEntryEntity, { stopId });
  }
}

function withTexts<T extends { startsAt: Date; endsAt: Date }>(
  row: T,
): Omit<T, 'startsAt' | 'endsAt'> & { startsAt: string; endsAt: string } {
  return { ...row, startsAt: formatInstant(row.startsAt), endsAt: formatInstant(row.endsAt) };
}
