import { Injectable } from '@nestjs/common';
import { formatInstant, type MeetingOutcome } from '#contracts';
import { plainArray, type Reader, type Transaction } from '#persistence';
import type { Side } from '../meetings/meeting-projection.service.js';

export interface OutcomeRecord extends MeetingOutcome {
  readonly meetingId: string;
  readonly side: Side;
  readonly companyId: string;
  readonly revision: number;
}

type Row = Omit<OutcomeRecord, 'at'> & { at: Date };

const columns = `meeting_id AS "meetingId", side, company_id AS "companyId", useful, next, note, at, revision`;

/** The rows of what was said of meetings. */
@Injectable()
export class MeetingOutcomeRepository {
  async listOfMeeting(manager: Reader, meetingId: string): Promise<OutcomeRecord[]> {
    return findOutcomes(manager, [meetingId]);
  }

  async listOfCompany(
    manager: Reader,
    companyId: string,
    { after, take }: { after: string | null; take: number },
  ): Promise<OutcomeRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM meeting_outcomes WHERE company_id = $1 AND ($2::uuid IS NULL OR meeting_id > $2)
        ORDER BY meeting_id LIMIT $3`,
      [companyId, after, take],
    )) as Row[];
    return rows.map(recordOf);
  }

  /** What a side says anew replaces what it said before. */
  async upsert(manager: Transaction, outcome: Omit<OutcomeRecord, 'revision'>): Promise<void> {
    await manager.query(
      `INSERT INTO meeting_outcomes AS said (meeting_id, side, company_id, useful, next, note, at, revision)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 1)
       ON CONFLICT (meeting_id, side) DO UPDATE SET useful = excluded.useful, next = excluded.next,
         note = excluded.note, at = excluded.at, revision = said.revision + 1`,
      [
        outcome.meetingId,
        outcome.side,
        outcome.companyId,
        outcome.useful,
        outcome.next,
        outcome.note,
        outcome.at,
      ],
    );
  }
}

export async function findOutcomes(manager: Reader, meetingIds: readonly string[]): Promise<OutcomeRecord[]> {
  const rows = (await manager.query(
    `SELECT ${columns} FROM meeting_outcomes WHERE meeting_id = ANY ($1::uuid[]) ORDER BY meeting_id, side`,
    [plainArray(meetingIds)],
  )) as Row[];
  return rows.map(recordOf);
}

function recordOf(row: Row): OutcomeRecord {
  return { ...row, at: formatInstant(row.at) };
}
