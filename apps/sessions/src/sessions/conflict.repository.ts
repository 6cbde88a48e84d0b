import { Injectable } from '@nestjs/common';
import { formatInstant, type Localized, type StopState } from '#contracts';
import { violatedConstraint, type Reader, type Transaction } from '#persistence';
import type { Conflict } from './placement.js';
import type { SessionRecord } from './session.js';
import { bookingsOf } from './speaker-booking.js';

export type ConflictKind = 'room' | 'speaker';
/** A session that shares a speaker, and whether both are on stage at once or too far apart for the time between. */
export type SpeakerMeeting = Conflict & {
  speakerKey: string;
  onStage: boolean;
  city: Localized;
  travelMinutes: number;
};

type Row<T> = Omit<T, 'startsAt' | 'endsAt'> & { startsAt: Date; endsAt: Date };

/** Which rule a database error says was broken; undefined for any other error. */
export function brokenRule(error: unknown): ConflictKind | undefined {
  switch (violatedConstraint(error)) {
    case 'sessions_room_taken':
      return 'room';
    case 'speaker_bookings_one_place':
    case 'speaker_bookings_travel_time':
      return 'speaker';
    default:
      return undefined;
  }
}

/** Finds the sessions with which a place collides. */
@Injectable()
export class ConflictRepository {
  /** Runs writes that a constraint may refuse, so that the transaction can go on without them. */
  savepoint<T>(manager: Transaction, write: (savepoint: Transaction) => Promise<T>): Promise<T> {
    return manager.transaction(write);
  }

  async findInRoom(manager: Reader, session: SessionRecord, except: string): Promise<Conflict[]> {
    const rows = (await manager.query(
      `SELECT id AS "sessionId", title, starts_at AS "startsAt", ends_at AS "endsAt" FROM sessions
        WHERE stop_id = $1 AND room_id = $2 AND status = 'scheduled' AND id <> $5 AND id <> $6
          AND tstzrange(starts_at, ends_at) && tstzrange($3, $4)
        ORDER BY starts_at, id`,
      [session.stopId, session.roomId, session.startsAt, session.endsAt, session.id, except],
    )) as Row<Conflict>[];
    return rows.map(withTexts);
  }

  /** The sessions too close to this one for a speaker of both, as the exclusion constraints see it. */
  async findOfSpeakers(
    manager: Reader,
    session: SessionRecord,
    stop: StopState,
    except: string,
  ): Promise<SpeakerMeeting[]> {
    const rows = bookingsOf(session, stop);
    const found = (await manager.query(
      `SELECT other.id AS "sessionId", other.title, other.starts_at AS "startsAt", other.ends_at AS "endsAt",
              booked.speaker_key AS "speakerKey", bool_or(booked.kind = asked.kind) AS "onStage",
              stops.state->'city'->'name' AS city,
              greatest((stops.state->>'speakerTravelMinutes')::int, $8::int) AS "travelMinutes"
         FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[])
                AS asked (speaker_key, kind, starts_at, ends_at)
         JOIN speaker_bookings booked
           ON booked.organization_id = $5 AND booked.speaker_key = asked.speaker_key AND booked.session_id <> $6
          AND booked.session_id <> $9 AND booked.during && tstzrange(asked.starts_at, asked.ends_at)
          AND CASE WHEN booked.kind = asked.kind THEN booked.kind = 'talk' ELSE booked.place <> $7 END
         JOIN sessions other ON other.id = booked.session_id
         JOIN stops ON stops.id = other.stop_id
        GROUP BY other.id, booked.speaker_key, stops.id
        ORDER BY other.starts_at, other.id, booked.speaker_key`,
      [
        rows.map((row) => row.speakerKey),
        rows.map((row) => row.kind),
        rows.map((row) => row.startsAt),
        rows.map((row) => row.endsAt),
        session.organizationId,
        session.id,
        rows[0]?.place ?? '',
        stop.speakerTravelMinutes,
        except,
      ],
    )) as Row<SpeakerMeeting>[];
    return found.map(withTexts);
  }
}

function withTexts<T extends { startsAt: Date; endsAt: Date }>(
  row: T,
): Omit<T, 'startsAt' | 'endsAt'> & { startsAt: string; endsAt: string } {
  return { ...row, startsAt: formatInstant(row.startsAt), endsAt: formatInstant(row.endsAt) };
}
