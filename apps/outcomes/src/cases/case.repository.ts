import { Injectable } from '@nestjs/common';
import { formatInstant, notFound } from '#contracts';
import { plainArray, type Reader, type Transaction } from '#persistence';
import type { LedgerPage } from '../ledger/ledger-page.js';
import type { CaseRecord } from './case.js';

type Row = Omit<CaseRecord, 'announcedAt' | 'createdAt'> & { announcedAt: Date | null; createdAt: Date };

const columns = `id, tour_id AS "tourId", organization_id AS "organizationId", stop_id AS "stopId", title, field,
  company_ids AS "companyIds", summary, state, announced_at AS "announcedAt", corrects, created_at AS "createdAt", version`;

/** The rows of cases. */
@Injectable()
export class CaseRepository {
  async find(manager: Reader, id: string): Promise<CaseRecord | null> {
    const rows = (await manager.query(`SELECT ${columns} FROM cases WHERE id = $1`, [id])) as Row[];
    return rows.map(recordOf)[0] ?? null;
  }

  async lock(manager: Transaction, id: string): Promise<CaseRecord> {
    const [row] = (await manager.query(`SELECT ${columns} FROM cases WHERE id = $1 FOR UPDATE`, [
      id,
    ])) as Row[];
    if (row === undefined) throw notFound('case');
    return recordOf(row);
  }

  async list(manager: Reader, { tourId, announcedAlone, after, take }: LedgerPage): Promise<CaseRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM cases
        WHERE tour_id = $1 AND (NOT $2 OR announced_at IS NOT NULL) AND ($3::uuid IS NULL OR id > $3)
        ORDER BY id LIMIT $4`,
      [tourId, announcedAlone, after, take],
    )) as Row[];
    return rows.map(recordOf);
  }

  async insert(manager: Transaction, record: CaseRecord): Promise<void> {
    await manager.query(
      `INSERT INTO cases (id, tour_id, organization_id, corrects, created_at, stop_id, title, field, company_ids, summary,
                          state, announced_at, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        record.id,
        record.tourId,
        record.organizationId,
        record.corrects,
        record.createdAt,
        ...changing(record),
      ],
    );
  }

  async save(manager: Transaction, record: CaseRecord): Promise<void> {
    await manager.query(
      `UPDATE cases SET stop_id = $2, title = $3, field = $4, company_ids = $5, summary = $6, state = $7,
         announced_at = $8, version = $9 WHERE id = $1`,
      [record.id, ...changing(record)],
    );
  }

  async delete(manager: Transaction, id: string): Promise<void> {
    await manager.query(`DELETE FROM cases WHERE id = $1`, [id]);
  }
}

export async function findAnnouncedCases(manager: Reader, ids: readonly string[]): Promise<CaseRecord[]> {
  const rows = (await manager.query(
    `SELECT ${columns} FROM cases WHERE id = ANY ($1::uuid[]) AND announced_at IS NOT NULL`,
    [plainArray(ids)],
  )) as Row[];
  return rows.map(recordOf);
}

function changing({
  stopId,
  title,
  field,
  companyIds,
  summary,
  state,
  announcedAt,
  version,
}: CaseRecord): unknown[] {
  const names = [JSON.stringify(title), field, plainArray(companyIds), JSON.stringify(summary)];
  return [stopId, ...names, state, announcedAt, version];
}

function recordOf(row: Row): CaseRecord {
  return {
    ...row,
    announcedAt: row.announcedAt && formatInstant(row.announcedAt),
    createdAt: formatInstant(row.createdAt),
  };
}
