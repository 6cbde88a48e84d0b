import { Injectable } from '@nestjs/common';
import { formatInstant, type StopState } from '#contracts';
import type { Reader } from '#persistence';
import type { RoomTaken, SpeakerTaken } from './taken.js';

type Row<T> = Omit<T, 'startsAt' | 'endsAt'> & { startsAt: Date; endsAt: Date };

/** Longer than any travel time that a tour can have. */
const travelReach = `interval '7 days'`;

/** Finds what is scheduled: in the rooms of a stop, and for speakers across all stops of an organization. */
@Injectable()
export class OccupancyRepository {
  async findRoomsTaken(manager: Reader, stopId: string): Promise<RoomTaken[]> {
    const found = (await manager.query(
      `SELECT id AS "sessionId", title, starts_at AS "startsAt", ends_at AS "endsAt", room_id AS "roomId"
         FROM sessions WHERE stop_id = $1 AND status = 'scheduled'`,
      [stopId],
    )) as Row<RoomTaken>[];
    return found.map(withTexts);
  }

  /** As far around the stop's times as travel can reach. */
  async findSpeakersTaken(
    manager: Reader,
    keys: readonly string[],
    stop: StopState,
  ): Promise<SpeakerTaken[]> {
    const found = (await manager.query(
      `SELECT session.id AS "sessionId", session.title, session.starts_at AS "startsAt", session.ends_at AS "endsAt",
              booked.speaker_key AS "speakerKey", booked.place, stops.state->'city'->'name' AS "cityName",
              (stops.state->>'speakerTravelMinutes')::int AS "travelMinutes"
         FROM speaker_bookings booked
         JOIN sessions session ON session.id = booked.session_id
         JOIN stops ON stops.id = session.stop_id
        WHERE booked.organization_id = $1 AND booked.kind = 'talk' AND booked.speaker_key = ANY($2::text[])
          AND booked.during && tstzrange($3::timestamptz - ${travelReach}, $4::timestamptz + ${travelReach})`,
      [stop.organizationId, keys, stop.startsAt, stop.endsAt],
    )) as Row<SpeakerTaken>[];
    return found.map(withTexts);
  }
}

function withTexts<T extends { startsAt: Date; endsAt: Date }>(
  row: T,
): Omit<T, 'startsAt' | 'endsAt'> & { startsAt: string; endsAt: string } {
  return { ...row, startsAt: formatInstant(row.startsAt), endsAt: formatInstant(row.endsAt) };
}
