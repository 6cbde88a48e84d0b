import { Injectable } from '@nestjs/common';
import type { Transaction } from '#persistence';
import { LedgerRows } from '../ledger/ledger-rows.repository.js';
import type { BatchRecord } from './membership-batch.js';

const columns = `id, tour_id AS "tourId", organization_id AS "organizationId", stop_id AS "stopId", alliance, series,
  announced_at AS "announcedAt", created_at AS "createdAt", version`;

/** The rows of membership batches. */
@Injectable()
export class MembershipBatchRepository extends LedgerRows<BatchRecord> {
  constructor() {
    super('membership_batches', 'batch', columns);
  }

  override async insert(manager: Transaction, batch: BatchRecord): Promise<void> {
    await manager.query(
      `INSERT INTO membership_batches (id, tour_id, organization_id, created_at, stop_id, alliance, series,
                                       announced_at, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [batch.id, batch.tourId, batch.organizationId, batch.createdAt, ...changing(batch)],
    );
  }

  override async save(manager: Transaction, batch: BatchRecord): Promise<void> {
    await manager.query(
      `UPDATE membership_batches SET stop_id = $2, alliance = $3, series = $4, announced_at = $5, version = $6
        WHERE id = $1`,
      [batch.id, ...changing(batch)],
    );
  }

  override async delete(manager: Transaction, id: string): Promise<void> {
    await manager.query(`DELETE FROM members WHERE batch_id = $1`, [id]);
    await super.delete(manager, id);
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

function changing({ stopId, alliance, series, announcedAt, version }: BatchRecord): unknown[] {
  return [stopId, JSON.stringify(alliance), series, announcedAt, version];
}
