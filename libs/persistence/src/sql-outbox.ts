import type { DataSource, EntityManager } from 'typeorm';
import type { Acknowledged, Outbox, OutboxBatch, OutboxRow } from './outbox-relay.js';

/**
 * Rounds of relays hold this lock together; whoever says that the stream was lost takes it alone, and so knows that no
 * round which published to the lost stream is still to be marked. An arbitrary number.
 */
export const relayLock = 7_246_112;

/** The outbox table. SKIP LOCKED lets replicas share the work. */
export class SqlOutbox implements Outbox {
  constructor(private readonly dataSource: DataSource) {}

  inTransaction<T>(work: (batch: OutboxBatch) => Promise<T>): Promise<T> {
    return this.dataSource.transaction((manager) =>
      work({ take: (limit) => take(manager, limit), mark: (acknowledged) => mark(manager, acknowledged) }),
    );
  }
}

async function take(manager: EntityManager, limit: number): Promise<OutboxRow[]> {
  return (await manager.query(
    `SELECT id, subject, payload
       FROM outbox, (SELECT pg_advisory_xact_lock_shared(${relayLock})) AS guard
      WHERE published_at IS NULL
      ORDER BY id LIMIT $1 FOR UPDATE OF outbox SKIP LOCKED`,
    [limit],
  )) as OutboxRow[];
}

async function mark(manager: EntityManager, acknowledged: Acknowledged[]): Promise<void> {
  await manager.query(
    `UPDATE outbox SET published_at = clock_timestamp(), stream_seq = given.seq
       FROM unnest($1::uuid[], $2::bigint[]) AS given (id, seq) WHERE outbox.id = given.id`,
    [acknowledged.map((one) => one.id), acknowledged.map((one) => one.seq)],
  );
}
