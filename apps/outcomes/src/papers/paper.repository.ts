import { Injectable } from '@nestjs/common';
import { formatInstant, notFound } from '#contracts';
import { plainArray, type Reader, type Transaction } from '#persistence';
import type { LedgerPage } from '../ledger/ledger-page.js';
import type { PaperRecord } from './paper.js';

type Row = Omit<PaperRecord, 'announcedAt' | 'createdAt'> & { announcedAt: Date | null; createdAt: Date };

const columns = `id, tour_id AS "tourId", organization_id AS "organizationId", stop_id AS "stopId", title, authors,
  issuers, edition, url, announced_at AS "announcedAt", corrects, created_at AS "createdAt", version`;

/** The rows of papers. */
@Injectable()
export class PaperRepository {
  async find(manager: Reader, id: string): Promise<PaperRecord | null> {
    const rows = (await manager.query(`SELECT ${columns} FROM papers WHERE id = $1`, [id])) as Row[];
    return rows.map(recordOf)[0] ?? null;
  }

  async lock(manager: Transaction, id: string): Promise<PaperRecord> {
    const [row] = (await manager.query(`SELECT ${columns} FROM papers WHERE id = $1 FOR UPDATE`, [
      id,
    ])) as Row[];
    if (row === undefined) throw notFound('paper');
    return recordOf(row);
  }

  async list(manager: Reader, { tourId, announcedAlone, after, take }: LedgerPage): Promise<PaperRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM papers
        WHERE tour_id = $1 AND (NOT $2 OR announced_at IS NOT NULL) AND ($3::uuid IS NULL OR id > $3)
        ORDER BY id LIMIT $4`,
      [tourId, announcedAlone, after, take],
    )) as Row[];
    return rows.map(recordOf);
  }

  async insert(manager: Transaction, record: PaperRecord): Promise<void> {
    await manager.query(
      `INSERT INTO papers (id, tour_id, organization_id, corrects, created_at, stop_id, title, authors, issuers, edition,
                           url, announced_at, version)
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

  async save(manager: Transaction, record: PaperRecord): Promise<void> {
    await manager.query(
      `UPDATE papers SET stop_id = $2, title = $3, authors = $4, issuers = $5, edition = $6, url = $7,
         announced_at = $8, version = $9 WHERE id = $1`,
      [record.id, ...changing(record)],
    );
  }

  async delete(manager: Transaction, id: string): Promise<void> {
    await manager.query(`DELETE FROM papers WHERE id = $1`, [id]);
  }
}

export async function findAnnouncedPapers(manager: Reader, ids: readonly string[]): Promise<PaperRecord[]> {
  const rows = (await manager.query(
    `SELECT ${columns} FROM papers WHERE id = ANY ($1::uuid[]) AND announced_at IS NOT NULL`,
    [plainArray(ids)],
  )) as Row[];
  return rows.map(recordOf);
}

function changing({
  stopId,
  title,
  authors,
  issuers,
  edition,
  url,
  announcedAt,
  version,
}: PaperRecord): unknown[] {
  const names = [title, authors, issuers].map((value) => JSON.stringify(value));
  return [stopId, ...names, edition, url, announcedAt, version];
}

function recordOf(row: Row): PaperRecord {
  return {
    ...row,
    announcedAt: row.announcedAt && formatInstant(row.announcedAt),
    createdAt: formatInstant(row.createdAt),
  };
}
