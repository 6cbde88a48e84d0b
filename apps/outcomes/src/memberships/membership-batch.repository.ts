import { Injectable } from '@nestjs/common';
import { formatInstant, notFound } from '#contracts';
import { plainArray, type Reader, type Transaction } from '#persistence';
import type { LedgerPage } from '../ledger/ledger-page.js';
import type { BatchRecord } from './membership-batch.js';

type Row = Omit<BatchRecord, 'announcedAt' | 'createdAt'> & { announcedAt: Date | null; createdAt: Date };

const columns = `id, tour_id AS "tourId", organization_id AS "organizationId", stop_id AS "stopId", alliance, series,
  announced_at AS "announcedAt", created_at AS "createdAt", version`;

/** The rows of membership batches. */
@Injectable()
export class MembershipBatchRepository {
  async find(manager: Reader, id: string): Promise<BatchRecord | null> {
    const rows = (await manager.query(`SELECT ${columns} FROM membership_batches WHERE id = $1`, [
      id,
    ])) as Row[];
    return rows.map(recordOf)[0] ?? null;
  }

  async lock(manager: Transaction, id: string): Promise<BatchRecord> {
    const sql = `SELECT ${columns} FROM membership_batches WHERE id = $1 FOR UPDATE`;
    const [row] = (await manager.query(sql, [id])) as Row[];
    if (row === undefined) throw notFound('batch');
    return recordOf(row);
  }

  async list(manager: Reader, { tourId, announcedAlone, after, take }: LedgerPage): Promise<BatchRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM membership_batches
        WHERE tour_id = $1 AND (NOT $2 OR announced_at IS NOT NULL) AND ($3::uuid IS NULL OR id > $3)
        ORDER BY id LIMIT $4`,
      [tourId, announcedAlone, after, take],
    )) as Row[];
    return rows.map(recordOf);
  }

  async insert(manager: Transaction, batch: BatchRecord): Promise<void> {
    await manager.query(
      `INSERT INTO membership_batches (id, tour_id, organization_id, created_at, stop_id, alliance, series,
                                       announced_at, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [batch.id, batch.tourId, batch.organizationId, batch.createdAt, ...changing(batch)],
    );
  }

  async save(manager: Transaction, batch: BatchRecord): Promise<void> {
    await manager.query(
      `UPDATE membership_batches SET stop_id = $2, alliance = $3, series = $4, announced_at = $5, version = $6
        WHERE id = $1`,
      [batch.id, ...changing(batch)],
    );
  }

  async delete(manager: Transaction, id: string): Promise<void> {
    await manager.query(`DELETE FROM members WHERE batch_id = $1`, [id]);
    await manager.query(`DELETE FROM membership_batches WHERE id = $1`, [id]);
  }

  /**
   * The next numbers of a series, which counts 1, 2, 3 …: others that announce wait until this transaction ends.
   * @returns the last of them
   */
  async takeNumbers(
    manager: Transaction,
    organizationId: string,
    series: string,
    count: number,
  ): Promise<number> {
    const [row] = (await manager.query(
      `INSERT INTO series_counters AS counter (organization_id, series, last) VALUES ($1, $2, $3)
       ON CONFLICT (organization_id, series) DO UPDATE SET last = counter.last + excluded.last RETURNING last`,
      [organizationId, series, count],
    )) as { last: number }[];
    return row?.last ?? 0;
  }
}

export async function findAnnouncedBatches(manager: Reader, ids: readonly string[]): Promise<BatchRecord[]> {
  const rows = (await manager.query(
    `SELECT ${columns} FROM membership_batches WHERE id = ANY ($1::uuid[]) AND announced_at IS NOT NULL`,
    [plainArray(ids)],
  )) as Row[];
  return rows.map(recordOf);
}

function changing({ stopId, alliance, series, announcedAt, version }: BatchRecord): unknown[] {
  return [stopId, JSON.stringify(alliance), series, announcedAt, version];
}

function recordOf(row: Row): BatchRecord {
  return {
    ...row,
    announcedAt: row.announcedAt && formatInstant(row.announcedAt),
    createdAt: formatInstant(row.createdAt),
  };
}
