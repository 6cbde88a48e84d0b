import { Injectable } from '@nestjs/common';
import { formatInstant } from '#contracts';
import { plainArray, type Reader, type Transaction } from '#persistence';
import type { MeetingRecord } from './meeting.js';

export interface Placement {
  readonly meeting: MeetingRecord;
  /** Who comes, of either side; a side whose delegation is empty books nobody. */
  readonly persons: readonly string[];
  /** How many meetings each company wants at most. */
  readonly wishes: ReadonlyMap<string, number>;
}

/** The rows that a placed meeting has beside its own: who is taken, and how many meetings each company has. */
@Injectable()
export class PlaceRepository {
  /** Books the people and counts the meeting; constraints refuse what can't be. The meeting must have a place. */
  async book(manager: Transaction, { meeting, persons, wishes }: Placement): Promise<void> {
    for (const companyId of [meeting.askerId, meeting.askedId].toSorted()) {
      await manager.query(
        `INSERT INTO meeting_counts (stop_id, company_id, placed, wish) VALUES ($1, $2, 1, $3)
         ON CONFLICT (stop_id, company_id)
           DO UPDATE SET placed = meeting_counts.placed + 1, wish = excluded.wish`,
        [meeting.stopId, companyId, wishes.get(companyId) ?? null],
      );
    }
    for (const personId of [...persons].toSorted()) {
      await manager.query(
        `INSERT INTO bookings (person_id, kind, meeting_id, during) VALUES ($1, 'meeting', $2, tstzrange($3, $4))`,
        [personId, meeting.id, meeting.startsAt, meeting.endsAt],
      );
    }
  }

  /** Gives people and counts back. A wish that was lowered meanwhile does not stand in the way. */
  async release(manager: Transaction, meeting: MeetingRecord): Promise<void> {
    await manager.query('DELETE FROM bookings WHERE meeting_id = $1', [meeting.id]);
    for (const companyId of [meeting.askerId, meeting.askedId].toSorted()) {
      await manager.query(
        `UPDATE meeting_counts SET placed = placed - 1 WHERE stop_id = $1 AND company_id = $2`,
        [meeting.stopId, companyId],
      );
    }
  }

  async findPersons(manager: Reader, meetingId: string): Promise<string[]> {
    const sql = 'SELECT person_id AS id FROM bookings WHERE meeting_id = $1 ORDER BY person_id';
    return ((await manager.query(sql, [meetingId])) as { id: string }[]).map(({ id }) => id);
  }

  /** Who is booked for each of these meetings, of either side. */
  async findBooked(
    manager: Reader,
    meetingIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = (await manager.query(
      `SELECT meeting_id AS "meetingId", array_agg(person_id::text ORDER BY person_id) AS persons FROM bookings
        WHERE meeting_id = ANY ($1::uuid[]) GROUP BY meeting_id`,
      [plainArray(meetingIds)],
    )) as { meetingId: string; persons: string[] }[];
    return new Map(rows.map(({ meetingId, persons }) => [meetingId, persons]));
  }

  /** When these people have meetings. */
  async findTimes(
    manager: Reader,
    personIds: readonly string[],
  ): Promise<{ delegateId: string; from: string; to: string }[]> {
    const rows = (await manager.query(
      `SELECT person_id AS "delegateId", lower(during) AS "from", upper(during) AS "to" FROM bookings
        WHERE kind = 'meeting' AND person_id = ANY ($1::uuid[])`,
      [plainArray(personIds)],
    )) as { delegateId: string; from: Date; to: Date }[];
    return rows.map(({ delegateId, from, to }) => ({
      delegateId,
      from: formatInstant(from),
      to: formatInstant(to),
    }));
  }

  /** Puts somebody else in the place of who would have come. */
  async replace(
    manager: Transaction,
    meeting: MeetingRecord,
    before: string | null,
    after: string,
  ): Promise<void> {
    if (before === after) return;
    if (before !== null)
      await manager.query('DELETE FROM bookings WHERE meeting_id = $1 AND person_id = $2', [
        meeting.id,
        before,
      ]);
    await manager.query(
      `INSERT INTO bookings (person_id, kind, meeting_id, during) VALUES ($1, 'meeting', $2, tstzrange($3, $4))`,
      [after, meeting.id, meeting.startsAt, meeting.endsAt],
    );
  }

  /** The tables that are taken during a time. */
  async findTakenTables(
    manager: Reader,
    stopId: string,
    { startsAt, endsAt, except }: { startsAt: string; endsAt: string; except: readonly string[] },
  ): Promise<number[]> {
    const rows = (await manager.query(
      `SELECT DISTINCT table_no AS "tableNo" FROM meetings
        WHERE stop_id = $1 AND status IN ('scheduled', 'held', 'missed')
          AND tstzrange(starts_at, ends_at) && tstzrange($2, $3) AND id <> ALL ($4::uuid[])`,
      [stopId, startsAt, endsAt, plainArray(except)],
    )) as { tableNo: number }[];
    return rows.map(({ tableNo }) => tableNo);
  }

  /**
   * Those of scheduled meetings that could not be in other places, since a meeting that took place has the table then, or
   * one of their people. @param places where each is to be
   */
  async findBehindPast(
    manager: Reader,
    stopId: string,
    places: readonly Pick<MeetingRecord, 'id' | 'startsAt' | 'endsAt' | 'tableNo'>[],
  ): Promise<ReadonlySet<string>> {
    const rows = (await manager.query(
      `SELECT DISTINCT place.id
         FROM unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::integer[])
           AS place (id, starts_at, ends_at, table_no)
         JOIN meetings AS past ON past.stop_id = $1 AND past.status IN ('held', 'missed')
          AND tstzrange(past.starts_at, past.ends_at) && tstzrange(place.starts_at, place.ends_at)
        WHERE past.table_no = place.table_no OR EXISTS (
          SELECT FROM bookings AS own JOIN bookings AS taken USING (person_id)
           WHERE own.meeting_id = place.id AND taken.meeting_id = past.id)`,
      [
        stopId,
        plainArray(places.map(({ id }) => id)),
        places.map(({ startsAt }) => startsAt),
        places.map(({ endsAt }) => endsAt),
        plainArray(places.map(({ tableNo }) => tableNo)),
      ],
    )) as { id: string }[];
    return new Set(rows.map(({ id }) => id));
  }

  /** One more open request; the row's constraint holds the quota. */
  async countRequest(manager: Transaction, stopId: string, companyId: string, quota: number): Promise<void> {
    await manager.query(
      `INSERT INTO request_counts (stop_id, company_id, open, quota) VALUES ($1, $2, 1, $3)
       ON CONFLICT (stop_id, company_id) DO UPDATE SET open = request_counts.open + 1, quota = excluded.quota`,
      [stopId, companyId, quota],
    );
  }

  async countAnswer(manager: Transaction, stopId: string, companyId: string): Promise<void> {
    await manager.query('UPDATE request_counts SET open = open - 1 WHERE stop_id = $1 AND company_id = $2', [
      stopId,
      companyId,
    ]);
  }
}
