import { Injectable } from '@nestjs/common';
import type { Transaction } from '#persistence';
import { LedgerRows } from '../ledger/ledger-rows.repository.js';
import type { PaperRecord } from './paper.js';

const columns = `id, tour_id AS "tourId", organization_id AS "organizationId", stop_id AS "stopId", title, authors,
  issuers, edition, url, announced_at AS "announcedAt", corrects, created_at AS "createdAt", version`;

/** The rows of papers. */
@Injectable()
export class PaperRepository extends LedgerRows<PaperRecord> {
  constructor() {
    super('papers', 'paper', columns);
  }

  override async insert(manager: Transaction, record: PaperRecord): Promise<void> {
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

  override async save(manager: Transaction, record: PaperRecord): Promise<void> {
    await manager.query(
      `UPDATE papers SET stop_id = $2, title = $3, authors = $4, issuers = $5, edition = $6, url = $7,
         announced_at = $8, version = $9 WHERE id = $1`,
      [record.id, ...changing(record)],
    );
  }
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
