import { Injectable } from '@nestjs/common';
import type { Reader, Transaction } from '#persistence';

const suppressedDays = 180;

/** Addresses that get nothing, or not everything, as keyed hashes. */
@Injectable()
export class RefusalRepository {
  async suppress(manager: Transaction, addressHash: string, reason: string): Promise<void> {
    await manager.query(
      `INSERT INTO suppressions (address_hash, reason, until) VALUES ($1, $2, now() + $3 * interval '1 day')
       ON CONFLICT (address_hash) DO UPDATE SET reason = excluded.reason, until = excluded.until`,
      [addressHash, reason, suppressedDays],
    );
  }

  /** An organizer tries an address again: somebody has put it right. */
  async unsuppress(manager: Transaction, addressHash: string): Promise<void> {
    await manager.query('DELETE FROM suppressions WHERE address_hash = $1', [addressHash]);
  }

  async suppressedAmong(manager: Reader, addressHashes: readonly string[]): Promise<ReadonlySet<string>> {
    return hashesOf(
      await manager.query(
        'SELECT address_hash FROM suppressions WHERE address_hash = ANY ($1) AND until > now()',
        [addressHashes],
      ),
    );
  }

  async unsubscribe(manager: Transaction, organizationId: string, addressHash: string): Promise<void> {
    await manager.query(
      'INSERT INTO unsubscribed (organization_id, address_hash, at) VALUES ($1, $2, now()) ON CONFLICT DO NOTHING',
      [organizationId, addressHash],
    );
  }

  async unsubscribedAmong(
    manager: Reader,
    organizationId: string,
    addressHashes: readonly string[],
  ): Promise<ReadonlySet<string>> {
    return hashesOf(
      await manager.query(
        'SELECT address_hash FROM unsubscribed WHERE organization_id = $1 AND address_hash = ANY ($2)',
        [organizationId, addressHashes],
      ),
    );
  }
}

function hashesOf(rows: unknown): ReadonlySet<string> {
  return new Set((rows as { address_hash: string }[]).map((row) => row.address_hash));
}
