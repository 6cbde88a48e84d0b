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
