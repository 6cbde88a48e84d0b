import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, formatInstant, type Localized, type StopState } from '#contracts';
import { violatedConstraint } from '#persistence';
import { conflictProblem, type Conflict, type ConflictCause } from './placement.js';
import { speakerNamed, type SessionRecord } from './session.js';
import { bookingsOf } from './session-rows.repository.js';

export type ConflictKind = 'room' | 'speaker';

type Found = { sessionId: string; title: Localized; startsAt: string; endsAt: string };
type Met = Found & { speakerKey: string; onStage: boolean; city: Localized; travelMinutes: number };

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

/** Looks up what a refused place collides with. The constraints have decided by then: this only finds the words. */
@Injectable()
export class ConflictRepository {
  /** The refusal with all that is in the way, or null where the way has become free since. */
  async explain(
    manager: EntityManager,
    kind: ConflictKind,
    session: SessionRecord,
    stop: StopState,
  ): Promise<Problem | null> {
    return kind === 'room'
      ? this.roomProblem(manager, session, stop)
      : this.speakerProblem(manager, session, stop);
  }

  private async roomProblem(
    manager: EntityManager,
    session: SessionRecord,
    stop: StopState,
  ): Promise<Problem | null> {
    const rows = (await manager.query(
      `SELECT id AS "sessionId", title, starts_at AS "startsAt", ends_at AS "endsAt" FROM sessions
        WHERE stop_id = $1 AND room_id = $2 AND status = 'scheduled' AND id <> $5
          AND tstzrange(starts_at, ends_at) && tstzrange($3, $4)
        ORDER BY starts_at, id`,
      [session.stopId, session.roomId, session.startsAt, session.endsAt, session.id],
    )) as (Omit<Found, 'startsAt' | 'endsAt'> & { startsAt: Date; endsAt: Date })[];
    const roomName = stop.rooms.find((room) => room.id === session.roomId)?.name ?? {};
    return problemOf({ kind: 'room', roomName }, rows.map(conflictOf));
  }

  private async speakerProblem(
    manager: EntityManager,
    session: SessionRecord,
    stop: StopState,
  ): Promise<Problem | null> {
    const met = await this.meetings(manager, session, stop);
    const first = met.find((one) => one.onStage) ?? met[0];
    if (first === undefined) return null;
    const speakerName = speakerNamed(session, first.speakerKey);
    const cause: ConflictCause = first.onStage
      ? { kind: 'speaker', speakerName }
      : { kind: 'travel', speakerName, cityName: first.city, travelMinutes: first.travelMinutes };
    const others = met.filter((one) => one.sessionId !== first.sessionId);
    const conflicts = [first, ...others].map(({ sessionId, title, startsAt, endsAt }) => ({
      sessionId,
      title,
      startsAt,
      endsAt,
    }));
    return problemOf(cause, uniqueById(conflicts));
  }

  /** The sessions too close to this one for a speaker of both, as the exclusion constraints see it. */
  private async meetings(manager: EntityManager, session: SessionRecord, stop: StopState): Promise<Met[]> {
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
          AND booked.during && tstzrange(asked.starts_at, asked.ends_at)
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
      ],
    )) as (Omit<Met, 'startsAt' | 'endsAt'> & { startsAt: Date; endsAt: Date })[];
    return found.map((row) => ({ ...row, ...conflictOf(row) }));
  }
}

/** The way was free again each time that one looked; whoever asks once more will most likely succeed. */
export function passingConflict(kind: ConflictKind): Problem {
  const code = kind === 'room' ? 'session.room_conflict' : 'session.speaker_conflict';
  return new Problem(code, 'Others were changing the programme at the same time. Try again.', {
    conflicts: [],
  });
}

function problemOf(cause: ConflictCause, conflicts: Conflict[]): Problem | null {
  const [first, ...more] = conflicts;
  return first === undefined ? null : conflictProblem(cause, [first, ...more]);
}

function conflictOf(row: { sessionId: string; title: Localized; startsAt: Date; endsAt: Date }): Conflict {
  const { sessionId, title, startsAt, endsAt } = row;
  return { sessionId, title, startsAt: formatInstant(startsAt), endsAt: formatInstant(endsAt) };
}

function uniqueById(conflicts: Conflict[]): Conflict[] {
  const ids = conflicts.map((one) => one.sessionId);
  return conflicts.filter((one, index) => ids.indexOf(one.sessionId) === index);
}
