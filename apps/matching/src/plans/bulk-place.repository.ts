import { Injectable } from '@nestjs/common';
import { instantArray, plainArray, type Reader, type Transaction } from '#persistence';
import { formatInstant } from '#contracts';
import type { MeetingRecord } from '../meetings/meeting.js';
import type { Placement, TakenTime } from './placement.js';

/** Gives many meetings their places, or takes them away: a statement a table. All must be locked. */
@Injectable()
export class BulkPlaceRepository {
  /** Takes scheduled meetings their places; what else of them changes, `place` or the caller saves. */
  async vacate(manager: Transaction, meetings: readonly MeetingRecord[]): Promise<void> {
    if (meetings.length === 0) return;
    const ids = plainArray(meetings.map(({ id }) => id));
    await manager.query(
      `UPDATE meetings SET status = 'accepted', starts_at = NULL, ends_at = NULL, table_no = NULL
        WHERE id = ANY ($1::uuid[])`,
      [ids],
    );
    await manager.query('DELETE FROM bookings WHERE meeting_id = ANY ($1::uuid[])', [ids]);
    const [companies, counts] = countsOf(meetings);
    await manager.query(
      `UPDATE meeting_counts SET placed = placed - count
         FROM unnest($2::uuid[], $3::integer[]) AS less (company, count)
        WHERE stop_id = $1 AND company_id = company`,
      [meetings[0]?.stopId, companies, counts],
    );
  }

  /** Saves why meetings lost their places. */
  async saveReasons(manager: Transaction, meetings: readonly MeetingRecord[]): Promise<void> {
    if (meetings.length === 0) return;
    await manager.query(
      `UPDATE meetings SET reason = $2, version = meetings.version + 1 WHERE id = ANY ($1::uuid[])`,
      [plainArray(meetings.map(({ id }) => id)), meetings[0]?.reason],
    );
  }

  /** Constraints refuse what can't be: see `brokenMeetingRule`. @param wishes the most meetings that companies want */
  async place(
    manager: Transaction,
    placements: readonly Placement[],
    wishes: ReadonlyMap<string, number>,
  ): Promise<void> {
    if (placements.length === 0) return;
    await this.saveMeetings(manager, placements);
    await this.count(manager, placements, wishes);
    const people = placements.flatMap(({ meeting, slot, persons }) =>
      persons.map((personId) => ({ personId, meetingId: meeting.id, slot })),
    );
    await manager.query(
      `INSERT INTO bookings (person_id, kind, meeting_id, during)
       SELECT person, 'meeting', meeting, tstzrange(starts, ends)
         FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS t (person, meeting, starts, ends)
        ORDER BY person, starts`,
      [
        plainArray(people.map(({ personId }) => personId)),
        plainArray(people.map(({ meetingId }) => meetingId)),
        instantArray(people.map(({ slot }) => new Date(slot.startsAt))),
        instantArray(people.map(({ slot }) => new Date(slot.endsAt))),
      ],
    );
  }

  /** Who is booked for the scheduled meetings of a stop, by meeting. */
  async findBooked(manager: Reader, stopId: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = (await manager.query(
      `SELECT meeting_id AS "meetingId", array_agg(person_id ORDER BY person_id) AS persons
         FROM bookings JOIN meetings ON meetings.id = meeting_id
        WHERE stop_id = $1 AND status = 'scheduled' GROUP BY meeting_id`,
      [stopId],
    )) as { meetingId: string; persons: string[] }[];
    return new Map(rows.map(({ meetingId, persons }) => [meetingId, persons]));
  }

  /** When these people are taken by anything but these meetings. */
  async findTimes(
    manager: Reader,
    personIds: readonly string[],
    exceptMeetings: readonly string[],
  ): Promise<TakenTime[]> {
    const rows = (await manager.query(
      `SELECT person_id AS "personId", lower(during) AS "from", upper(during) AS "to" FROM bookings
        WHERE person_id = ANY ($1::uuid[]) AND (meeting_id IS NULL OR meeting_id <> ALL ($2::uuid[]))`,
      [plainArray(personIds), plainArray(exceptMeetings)],
    )) as { personId: string; from: Date; to: Date }[];
    return rows.map(({ personId, from, to }) => ({
      personId,
      from: formatInstant(from),
      to: formatInstant(to),
    }));
  }

  private async saveMeetings(manager: Transaction, placements: readonly Placement[]): Promise<void> {
    await manager.query(
      `UPDATE meetings SET status = 'scheduled', reason = NULL, starts_at = starts, ends_at = ends, table_no = tab,
         version = meetings.version + 1
         FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::integer[]) AS t (meeting, starts, ends, tab)
        WHERE id = meeting`,
      [
        plainArray(placements.map(({ meeting }) => meeting.id)),
        instantArray(placements.map(({ slot }) => new Date(slot.startsAt))),
        instantArray(placements.map(({ slot }) => new Date(slot.endsAt))),
        plainArray(placements.map(({ tableNo }) => tableNo)),
      ],
    );
  }

  private async count(
    manager: Transaction,
    placements: readonly Placement[],
    wishes: ReadonlyMap<string, number>,
  ): Promise<void> {
    const meetings = placements.map(({ meeting }) => meeting);
    const [companies, counts, ids] = countsOf(meetings);
    await manager.query(
      `INSERT INTO meeting_counts (stop_id, company_id, placed, wish)
       SELECT $1, company, count, wish
         FROM unnest($2::uuid[], $3::integer[], $4::integer[]) AS more (company, count, wish)
       ON CONFLICT (stop_id, company_id)
         DO UPDATE SET placed = meeting_counts.placed + excluded.placed, wish = excluded.wish`,
      [meetings[0]?.stopId, companies, counts, plainArray(ids.map((id) => wishes.get(id) ?? null))],
    );
  }
}

/** How many of the meetings each company has, in the order of their ids: rows are locked in one order by all. */
function countsOf(meetings: readonly MeetingRecord[]): [string, string, string[]] {
  const counts = new Map<string, number>();
  for (const { askerId, askedId } of meetings)
    for (const id of [askerId, askedId]) counts.set(id, (counts.get(id) ?? 0) + 1);
  const ids = [...counts.keys()].toSorted();
  return [plainArray(ids), plainArray(ids.map((id) => counts.get(id) ?? 0)), ids];
}
