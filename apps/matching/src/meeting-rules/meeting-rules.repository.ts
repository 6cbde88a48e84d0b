import { Injectable } from '@nestjs/common';
import { formatInstant, type MeetingAttendance, type MeetingRules } from '#contracts';
import { instantArray, plainArray, violatedConstraint, type Reader, type Transaction } from '#persistence';
import type { Slot } from './slots.js';

export type StoredRules = Omit<MeetingRules, 'starts'> & { readonly slotList: readonly Slot[] };
type Row = Omit<MeetingRules, 'starts' | 'opensAt' | 'closesAt'> & { opensAt: Date; closesAt: Date };

/** The rows of a stop's meeting rules, its slots and tables, and who comes for each company. */
@Injectable()
export class MeetingRulesRepository {
  find(manager: Reader, stopId: string): Promise<StoredRules | null> {
    return this.read(manager, stopId, '');
  }

  /** Serializes the scheduling of meetings at a stop, so that a table found free stays free. */
  lock(manager: Transaction, stopId: string): Promise<StoredRules | null> {
    return this.read(manager, stopId, 'FOR UPDATE');
  }

  private async read(manager: Reader, stopId: string, lock: string): Promise<StoredRules | null> {
    const [row] = (await manager.query(
      `SELECT stop_id AS "stopId", scheduling, slots, tables, request_quota AS "requestQuota",
              expires_hours AS "expiresHours", opens_at AS "opensAt", closes_at AS "closesAt", version
         FROM meeting_rules WHERE stop_id = $1 ${lock}`,
      [stopId],
    )) as Row[];
    if (row === undefined) return null;
    const slots = (await manager.query(
      'SELECT starts_at AS "startsAt", ends_at AS "endsAt" FROM meeting_slots WHERE stop_id = $1 ORDER BY starts_at',
      [stopId],
    )) as { startsAt: Date; endsAt: Date }[];
    return {
      ...row,
      opensAt: formatInstant(row.opensAt),
      closesAt: formatInstant(row.closesAt),
      slotList: slots.map(({ startsAt, endsAt }) => ({
        startsAt: formatInstant(startsAt),
        endsAt: formatInstant(endsAt),
      })),
    };
  }

  async save(manager: Transaction, rules: StoredRules): Promise<void> {
    await manager.query(
      `INSERT INTO meeting_rules (stop_id, scheduling, slots, tables, request_quota, expires_hours, opens_at, closes_at,
                                  version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (stop_id) DO UPDATE SET scheduling = excluded.scheduling, slots = excluded.slots,
         tables = excluded.tables, request_quota = excluded.request_quota, expires_hours = excluded.expires_hours,
         opens_at = excluded.opens_at, closes_at = excluded.closes_at, version = excluded.version`,
      [
        rules.stopId,
        rules.scheduling,
        JSON.stringify(rules.slots),
        rules.tables,
        rules.requestQuota,
        rules.expiresHours,
        rules.opensAt,
        rules.closesAt,
        rules.version,
      ],
    );
    await this.addSlots(manager, rules.stopId, rules.slotList);
    await manager.query(
      `INSERT INTO meeting_tables SELECT $1, generate_series(1, $2::integer) ON CONFLICT DO NOTHING`,
      [rules.stopId, rules.tables],
    );
    await this.dropOthers(manager, rules);
  }

  /** New slots stand beside the old ones until `dropOthers`; one with another end counts as a change of the old one. */
  async addSlots(manager: Transaction, stopId: string, slots: readonly Slot[]): Promise<void> {
    await manager.query(
      `INSERT INTO meeting_slots SELECT $1, starts, ends FROM unnest($2::timestamptz[], $3::timestamptz[]) AS s (starts, ends)
       ON CONFLICT (stop_id, starts_at) DO UPDATE SET ends_at = excluded.ends_at`,
      [
        stopId,
        instantArray(slots.map(({ startsAt }) => new Date(startsAt))),
        instantArray(slots.map(({ endsAt }) => new Date(endsAt))),
      ],
    );
  }

  /** Slots and tables that the rules no longer have; foreign keys refuse where a meeting is scheduled (`isInUse`). */
  async dropOthers(manager: Transaction, { stopId, slotList, tables }: StoredRules): Promise<void> {
    await manager.query(
      'DELETE FROM meeting_slots WHERE stop_id = $1 AND starts_at <> ALL ($2::timestamptz[])',
      [stopId, instantArray(slotList.map(({ startsAt }) => new Date(startsAt)))],
    );
    await manager.query('DELETE FROM meeting_tables WHERE stop_id = $1 AND table_no > $2', [stopId, tables]);
  }

  /** Whether a scheduled meeting would have another length than its slot. */
  async hasOtherLengths(manager: Reader, stopId: string): Promise<boolean> {
    const rows = (await manager.query(
      `SELECT 1 FROM meetings JOIN meeting_slots AS slot
           ON slot.stop_id = meetings.stop_id AND slot.starts_at = meetings.slot_starts_at
        WHERE meetings.stop_id = $1 AND meetings.ends_at <> slot.ends_at LIMIT 1`,
      [stopId],
    )) as unknown[];
    return rows.length > 0;
  }

  async findAttendances(
    manager: Reader,
    stopId: string,
    {
      companyIds,
      after = null,
      take = null,
    }: { companyIds?: readonly string[]; after?: string | null; take?: number | null },
  ): Promise<MeetingAttendance[]> {
    return (await manager.query(
      `SELECT company_id AS "companyId", delegate_ids AS "delegateIds", unavailable, max_meetings AS "maxMeetings"
         FROM meeting_attendances WHERE stop_id = $1 AND ($2::uuid[] IS NULL OR company_id = ANY ($2))
          AND ($3::uuid IS NULL OR company_id > $3) ORDER BY company_id LIMIT $4`,
      [stopId, companyIds === undefined ? null : plainArray(companyIds), after, take],
    )) as MeetingAttendance[];
  }

  async saveAttendance(manager: Transaction, stopId: string, attendance: MeetingAttendance): Promise<void> {
    await manager.query(
      `INSERT INTO meeting_attendances (stop_id, company_id, delegate_ids, unavailable, max_meetings, version)
       VALUES ($1, $2, $3, $4, $5, 1)
       ON CONFLICT (stop_id, company_id) DO UPDATE SET delegate_ids = excluded.delegate_ids,
         unavailable = excluded.unavailable, max_meetings = excluded.max_meetings,
         version = meeting_attendances.version + 1`,
      [
        stopId,
        attendance.companyId,
        plainArray(attendance.delegateIds),
        JSON.stringify(attendance.unavailable),
        attendance.maxMeetings,
      ],
    );
  }
}

/** Whether a database error says that a meeting is scheduled in a slot or at a table that was to go. */
export function isInUse(error: unknown): boolean {
  return ['meetings_slot', 'meetings_table'].includes(violatedConstraint(error) ?? '');
}
