import { Injectable } from '@nestjs/common';
import { formatInstant } from '#contracts';
import type { Reader, Transaction } from '#persistence';
import type { CalendarMeeting } from './meeting-entry.js';

/** Meetings of one calendar at most: the newest. */
const maxEntries = 2_000;

export type StoredCalendarMeeting = CalendarMeeting & { readonly stopId: string; readonly partnerId: string };
type Row = Omit<StoredCalendarMeeting, 'startsAt' | 'endsAt' | 'changedAt'> & {
  startsAt: Date;
  endsAt: Date;
  changedAt: Date;
};

/** The rows of calendars: which meetings they show, and who may read them. */
@Injectable()
export class MeetingCalendarRepository {
  /** The meetings of a company that have or had a place, without those concealed from it. */
  async find(manager: Reader, companyId: string): Promise<StoredCalendarMeeting[]> {
    const rows = (await manager.query(
      `SELECT id, stop_id AS "stopId", CASE asker_id WHEN $1 THEN asked_id ELSE asker_id END AS "partnerId", status,
              last_starts_at AS "startsAt", last_ends_at AS "endsAt", last_table_no AS "tableNo", version,
              changed_at AS "changedAt"
         FROM meetings WHERE (asker_id = $1 OR (asked_id = $1 AND NOT concealed)) AND last_starts_at IS NOT NULL
        ORDER BY id DESC LIMIT ${maxEntries}`,
      [companyId],
    )) as Row[];
    return rows.toReversed().map((row) => ({
      ...row,
      startsAt: formatInstant(row.startsAt),
      endsAt: formatInstant(row.endsAt),
      changedAt: formatInstant(row.changedAt),
    }));
  }

  /** A company has one feed: the token of before reads nothing any more. */
  async saveFeed(manager: Transaction, companyId: string, tokenHash: Buffer, now: Date): Promise<void> {
    await manager.query(
      `INSERT INTO calendar_feeds (company_id, token_hash, created_at) VALUES ($1, $2, $3)
       ON CONFLICT (company_id) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at`,
      [companyId, tokenHash, now],
    );
  }

  /** When a company made its feed. */
  async findFeed(manager: Reader, companyId: string): Promise<{ createdAt: string } | null> {
    const sql = 'SELECT created_at AS at FROM calendar_feeds WHERE company_id = $1';
    const [row] = (await manager.query(sql, [companyId])) as { at: Date }[];
    return row === undefined ? null : { createdAt: formatInstant(row.at) };
  }

  /** Whose feed this is. */
  async findCompany(manager: Reader, tokenHash: Buffer): Promise<string | null> {
    const sql = 'SELECT company_id AS id FROM calendar_feeds WHERE token_hash = $1';
    const rows = (await manager.query(sql, [tokenHash])) as { id: string }[];
    return rows[0]?.id ?? null;
  }
}
