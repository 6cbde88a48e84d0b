import { Injectable } from '@nestjs/common';
import type { MeetingState, MeetingStatus } from '#contracts';
import { plainArray, type Reader, type Transaction } from '#persistence';

export interface KnownMeeting {
  readonly id: string;
  readonly stopId: string;
  readonly tourId: string;
  readonly organizationId: string;
  readonly askerId: string;
  readonly askedId: string;
  /** The asked company must not learn of it. */
  readonly concealed: boolean;
  readonly status: MeetingStatus;
}

const columns = `id, stop_id AS "stopId", tour_id AS "tourId", organization_id AS "organizationId",
  asker_id AS "askerId", asked_id AS "askedId", concealed, status`;

/** The rows of this service's copy of the meetings. */
@Injectable()
export class MeetingProjectionRepository {
  async find(manager: Reader, id: string): Promise<KnownMeeting | null> {
    return (await findMeetings(manager, [id]))[0] ?? null;
  }

  /** Locked, so that what rests on its status is decided before the status changes. */
  async lock(manager: Transaction, id: string): Promise<KnownMeeting | null> {
    const rows = await manager.query(`SELECT ${columns} FROM meetings WHERE id = $1 FOR UPDATE`, [id]);
    return (rows as KnownMeeting[])[0] ?? null;
  }

  /** Only a newer state replaces the present one, so events may come twice and in any order. Sorted: no deadlocks. */
  async upsert(manager: Transaction, states: readonly MeetingState[]): Promise<void> {
    const rows = [...states].sort((a, b) => (a.meetingId < b.meetingId ? -1 : 1));
    await manager.query(
      `INSERT INTO meetings (id, stop_id, tour_id, organization_id, asker_id, asked_id, concealed, status, ends_at, version)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::boolean[],
                            $8::text[], $9::timestamptz[], $10::integer[])
       ON CONFLICT (id) DO UPDATE SET concealed = excluded.concealed, status = excluded.status,
         ends_at = excluded.ends_at, version = excluded.version WHERE meetings.version < excluded.version`,
      [
        rows.map(({ meetingId }) => meetingId),
        rows.map(({ stopId }) => stopId),
        rows.map(({ tourId }) => tourId),
        rows.map(({ organizationId }) => organizationId),
        rows.map(({ askerId }) => askerId),
        rows.map(({ askedId }) => askedId),
        rows.map(({ concealed }) => concealed),
        rows.map(({ status }) => status),
        rows.map(({ endsAt }) => endsAt),
        rows.map(({ version }) => version),
      ],
    );
  }
}

export async function findMeetings(manager: Reader, ids: readonly string[]): Promise<KnownMeeting[]> {
  return (await manager.query(`SELECT ${columns} FROM meetings WHERE id = ANY ($1::uuid[])`, [
    plainArray(ids),
  ])) as KnownMeeting[];
}
