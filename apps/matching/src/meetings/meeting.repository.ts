import { Injectable } from '@nestjs/common';
import { formatInstant, notFound, type MeetingStatus } from '#contracts';
import { plainArray, violatedConstraint, type Reader, type Transaction } from '#persistence';
import type { MeetingRecord } from './meeting.js';

const instants = ['startsAt', 'endsAt', 'expiresAt', 'createdAt'] as const;
type Row = Omit<MeetingRecord, (typeof instants)[number]> & {
  startsAt: Date | null;
  endsAt: Date | null;
  expiresAt: Date;
  createdAt: Date;
};

const columns = `id, stop_id AS "stopId", tour_id AS "tourId", organization_id AS "organizationId",
  asker_id AS "askerId", asked_id AS "askedId", listing_id AS "listingId", message, status, reason, missed,
  starts_at AS "startsAt", ends_at AS "endsAt", table_no AS "tableNo", concealed,
  asker_delegate_id AS "askerDelegateId", asked_delegate_id AS "askedDelegateId",
  asker_came AS "askerCame", asked_came AS "askedCame", expires_at AS "expiresAt", created_at AS "createdAt", version`;

export interface MeetingFilter {
  readonly stopId: string;
  /** A company sees its own, without those that are concealed from it; null sees all. */
  readonly companyId: string | null;
  readonly statuses: readonly MeetingStatus[] | undefined;
  readonly stopEndsAt: string;
  readonly now: Date;
}

/** The status by the clock, as `settled` has it: $3 is now, $4 the stop's end. */
const presentStatus = `CASE WHEN status = 'requested' AND least(expires_at, $4) <= $3 THEN 'expired'
                            WHEN status = 'accepted' AND $4::timestamptz <= $3 THEN 'unplaced' ELSE status END`;

/** The rows of meetings. */
@Injectable()
export class MeetingRepository {
  async find(manager: Reader, id: string): Promise<MeetingRecord | null> {
    const rows = (await manager.query(`SELECT ${columns} FROM meetings WHERE id = $1`, [id])) as Row[];
    return rows.map(recordOf)[0] ?? null;
  }

  /** The meetings of a stop that are stored in some statuses, in the order of their ids. */
  async findOfStop(
    manager: Reader,
    stopId: string,
    statuses: readonly MeetingStatus[],
  ): Promise<MeetingRecord[]> {
    const sql = `SELECT ${columns} FROM meetings WHERE stop_id = $1 AND status = ANY ($2) ORDER BY id`;
    return ((await manager.query(sql, [stopId, plainArray(statuses)])) as Row[]).map(recordOf);
  }

  async lock(manager: Transaction, id: string): Promise<MeetingRecord> {
    const sql = `SELECT ${columns} FROM meetings WHERE id = $1 FOR UPDATE`;
    const [row] = (await manager.query(sql, [id])) as Row[];
    if (row === undefined) throw notFound('meeting');
    return recordOf(row);
  }

  /** Locks the meetings of a stop in some statuses, in the order of their ids; of one company where it is named. */
  async lockAll(
    manager: Transaction,
    stopId: string,
    statuses: readonly MeetingStatus[],
    companyId: string | null = null,
  ): Promise<MeetingRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM meetings WHERE stop_id = $1 AND status = ANY ($2)
          AND ($3::uuid IS NULL OR $3 IN (asker_id, asked_id)) ORDER BY id FOR UPDATE`,
      [stopId, plainArray(statuses), companyId],
    )) as Row[];
    return rows.map(recordOf);
  }

  /** Locks the meetings of companies, each at the stop that is named with it, in the order of their ids. */
  async lockOfCompanies(
    manager: Transaction,
    companies: readonly { stopId: string; companyId: string }[],
    statuses: readonly MeetingStatus[],
  ): Promise<MeetingRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM meetings
        WHERE status = ANY ($3) AND EXISTS (
          SELECT 1 FROM unnest($1::uuid[], $2::uuid[]) AS named (stop, company)
           WHERE stop = stop_id AND company IN (asker_id, asked_id))
        ORDER BY id FOR UPDATE`,
      [
        plainArray(companies.map(({ stopId }) => stopId)),
        plainArray(companies.map(({ companyId }) => companyId)),
        plainArray(statuses),
      ],
    )) as Row[];
    return rows.map(recordOf);
  }

  /** Locks those that the clock has ended; others' locks are passed over. */
  async lockOver(manager: Transaction, now: Date, take: number): Promise<MeetingRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM meetings
        WHERE (status = 'requested' AND expires_at <= $1)
           OR (status IN ('requested', 'accepted')
               AND (SELECT (state->>'endsAt')::timestamptz FROM stops WHERE stops.id = stop_id) <= $1)
        ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [now, take],
    )) as Row[];
    return rows.map(recordOf);
  }

  /** Locks what is stored as live of a pair, and the asker's open requests, where the clock has ended them. */
  async lockEndedBefore(
    manager: Transaction,
    { stopId, askerId, askedId }: Pick<MeetingRecord, 'stopId' | 'askerId' | 'askedId'>,
    now: Date,
  ): Promise<MeetingRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM meetings
        WHERE stop_id = $1 AND status = 'requested' AND expires_at <= $4
          AND (asker_id = $2 OR (asker_id = $3 AND asked_id = $2)) ORDER BY id FOR UPDATE`,
      [stopId, askerId, askedId, now],
    )) as Row[];
    return rows.map(recordOf);
  }

  /** Locks the scheduled meetings that any of these people would be in during a time. */
  async lockDuring(
    manager: Transaction,
    times: readonly { personId: string; from: string; to: string }[],
  ): Promise<MeetingRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM meetings WHERE status = 'scheduled' AND id IN (
         SELECT meeting_id FROM bookings
           JOIN unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS taken (person, starts, ends)
             ON person_id = person AND kind = 'meeting' AND during && tstzrange(starts, ends))
        ORDER BY id FOR UPDATE`,
      [times.map(({ personId }) => personId), times.map(({ from }) => from), times.map(({ to }) => to)],
    )) as Row[];
    return rows.map(recordOf);
  }

  async list(
    manager: Reader,
    filter: MeetingFilter,
    { after, take }: { after: string | null; take: number },
  ): Promise<MeetingRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM meetings
        WHERE stop_id = $1
          AND ($2::uuid IS NULL OR asker_id = $2 OR (asked_id = $2 AND NOT concealed))
          AND ($5::text[] IS NULL OR ${presentStatus} = ANY ($5))
          AND ($6::uuid IS NULL OR id > $6)
        ORDER BY id LIMIT $7`,
      [
        filter.stopId,
        filter.companyId,
        filter.now,
        filter.stopEndsAt,
        filter.statuses === undefined ? null : plainArray(filter.statuses),
        after,
        take,
      ],
    )) as Row[];
    return rows.map(recordOf);
  }

  /** A company's meetings at all stops, oldest first, without those concealed from it. */
  async listOfCompany(
    manager: Reader,
    companyId: string,
    { after, take }: { after: string | null; take: number },
  ): Promise<MeetingRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM meetings WHERE (asker_id = $1 OR (asked_id = $1 AND NOT concealed))
          AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [companyId, after, take],
    )) as Row[];
    return rows.map(recordOf);
  }

  /** Whether the one company declined the other at this stop before. */
  async wasDeclined(manager: Reader, stopId: string, askerId: string, askedId: string): Promise<boolean> {
    const rows = (await manager.query(
      `SELECT 1 FROM meetings WHERE stop_id = $1 AND asker_id = $2 AND asked_id = $3 AND status = 'declined' LIMIT 1`,
      [stopId, askerId, askedId],
    )) as unknown[];
    return rows.length > 0;
  }

  /** The meeting of a person that is next at a stop, or was last; from the scheduled ones and those said of before. */
  async findOfPerson(manager: Reader, stopId: string, personId: string, now: Date): Promise<string | null> {
    const rows = (await manager.query(
      `SELECT meetings.id FROM bookings JOIN meetings ON meetings.id = meeting_id
        WHERE person_id = $2 AND stop_id = $1 AND status IN ('scheduled', 'held', 'missed')
        ORDER BY ends_at <= $3, CASE WHEN ends_at <= $3 THEN -extract(epoch FROM starts_at)
                                     ELSE extract(epoch FROM starts_at) END LIMIT 1`,
      [stopId, personId, now],
    )) as { id: string }[];
    return rows[0]?.id ?? null;
  }

  async insert(manager: Transaction, meeting: MeetingRecord): Promise<void> {
    await manager.query(
      `INSERT INTO meetings (id, stop_id, tour_id, organization_id, asker_id, asked_id, listing_id, message, concealed,
         expires_at, created_at, status, reason, missed, starts_at, ends_at, table_no, asker_delegate_id,
         asked_delegate_id, asker_came, asked_came, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
      [
        meeting.id,
        meeting.stopId,
        meeting.tourId,
        meeting.organizationId,
        meeting.askerId,
        meeting.askedId,
        meeting.listingId,
        meeting.message,
        meeting.concealed,
        meeting.expiresAt,
        meeting.createdAt,
        ...changing(meeting),
      ],
    );
  }

  async save(manager: Transaction, meeting: MeetingRecord): Promise<void> {
    await manager.query(
      `UPDATE meetings SET status = $2, reason = $3, missed = $4, starts_at = $5, ends_at = $6, table_no = $7,
         asker_delegate_id = $8, asked_delegate_id = $9, asker_came = $10, asked_came = $11, version = $12
        WHERE id = $1`,
      [meeting.id, ...changing(meeting)],
    );
  }

  /** The pairs whose meeting stayed unplaced at another stop of the tour, or who met at one. */
  async findEarlier(
    manager: Reader,
    tourId: string,
    stopId: string,
    statuses: readonly MeetingStatus[],
  ): Promise<(readonly [string, string])[]> {
    const rows = (await manager.query(
      `SELECT DISTINCT least(asker_id, asked_id) AS a, greatest(asker_id, asked_id) AS b FROM meetings
        WHERE tour_id = $1 AND stop_id <> $2 AND status = ANY ($3) ORDER BY a, b`,
      [tourId, stopId, plainArray(statuses)],
    )) as { a: string; b: string }[];
    return rows.map(({ a, b }) => [a, b] as const);
  }
}

export async function findMeetings(manager: Reader, ids: readonly string[]): Promise<MeetingRecord[]> {
  const sql = `SELECT ${columns} FROM meetings WHERE id = ANY ($1::uuid[])`;
  return ((await manager.query(sql, [plainArray(ids)])) as Row[]).map(recordOf);
}

export type BrokenMeetingRule = 'duplicate' | 'quota' | 'table' | 'person' | 'wish' | 'slot';

const constraints: Readonly<Record<string, BrokenMeetingRule>> = {
  meetings_one_live: 'duplicate',
  request_counts_quota: 'quota',
  meetings_table_taken: 'table',
  bookings_one_meeting: 'person',
  bookings_one_place: 'person',
  meeting_counts_wish: 'wish',
  meetings_slot: 'slot',
  meetings_table: 'slot',
};

/** Which rule a database error says was broken; undefined for any other error. */
export function brokenMeetingRule(error: unknown): BrokenMeetingRule | undefined {
  return constraints[violatedConstraint(error) ?? ''];
}

function changing(meeting: MeetingRecord): unknown[] {
  return [
    meeting.status,
    meeting.reason,
    meeting.missed,
    meeting.startsAt,
    meeting.endsAt,
    meeting.tableNo,
    meeting.askerDelegateId,
    meeting.askedDelegateId,
    meeting.askerCame,
    meeting.askedCame,
    meeting.version,
  ];
}

function recordOf(row: Row): MeetingRecord {
  return {
    ...row,
    startsAt: row.startsAt && formatInstant(row.startsAt),
    endsAt: row.endsAt && formatInstant(row.endsAt),
    expiresAt: formatInstant(row.expiresAt),
    createdAt: formatInstant(row.createdAt),
  };
}
