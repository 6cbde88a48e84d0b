import { Injectable } from '@nestjs/common';
import { plainArray, type Transaction } from '#persistence';
import { LedgerRows } from '../ledger/ledger-rows.repository.js';
import type { CaseRecord } from './case.js';

const columns = `id, tour_id AS "tourId", organization_id AS "organizationId", stop_id AS "stopId", title, field,
  company_ids AS "companyIds", summary, state, announced_at AS "announcedAt", corrects, created_at AS "createdAt", version`;

/** The rows of cases. */
@Injectable()
export class CaseRepository extends LedgerRows<CaseRecord> {
  constructor() {
    super('cases', 'case', columns);
  }

  override async insert(manager: Transaction, record: CaseRecord): Promise<void> {
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

  override async save(manager: Transaction, record: CaseRecord): Promise<void> {
    await manager.query(
      `UPDATE cases SET stop_id = $2, title = $3, field = $4, company_ids = $5, summary = $6, state = $7,
         announced_at = $8, version = $9 WHERE id = $1`,
      [record.id, ...changing(record)],
    );
  }
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
