import type { DataSource, EntityManager } from 'typeorm';
import type { Acknowledged, Outbox, OutboxBatch, OutboxRow } from './outbox-relay.js';

/**
 * Rounds of relays share this lock; the one that reports the stream's loss takes it alone, and so knows that no
 * round which published to the lost stream is still to be marked. An arbitrary number.
 */
export const relayLock = 7_246_112;

/**
 * An event's row is written once, as published then and there. Only one that waited for longer than this gets another
 * time of publication: the stream keeps it from then on, and the outbox has to keep it for longer than the stream.
 */
const lateAfter = '1 hour';

/** The table of events, and the queue of those that wait. SKIP LOCKED lets replicas share the work. */
export class SqlOutbox implements Outbox {
  constructor(private readonly dataSource: DataSource) {}

  inTransaction<T>(work: (batch: OutboxBatch) => Promise<T>): Promise<T> {
    return this.dataSource.transaction((manager) => work(new SqlBatch(manager)));
  }
}

class SqlBatch implements OutboxBatch {
  private readonly late = new Set<string>();

  constructor(private readonly manager: EntityManager) {}

  /** As an array, since a join to the queue, whose size the planner never knows, reads the whole outbox at times. */
  async take(limit: number): Promise<OutboxRow[]> {
    const rows = (await this.manager.query(
      `SELECT id, subject, payload, published_at < now() - interval '${lateAfter}' AS late
         FROM outbox
        WHERE id = ANY (ARRAY (
                SELECT event_id FROM outbox_queue, (SELECT pg_advisory_xact_lock_shared(${relayLock})) AS guard
                 ORDER BY event_id LIMIT $1 FOR UPDATE OF outbox_queue SKIP LOCKED))
        ORDER BY id`,
      [limit],
    )) as (OutboxRow & { late: boolean })[];
    for (const { id, late } of rows) if (late) this.late.add(id);
    return rows;
  }

  /** @param acknowledged at least one */
  async mark(acknowledged: Acknowledged[]): Promise<void> {
    const ids = acknowledged.map(({ id }) => id);
    const last = acknowledged.reduce((one, other) => (other.seq > one.seq ? other : one));
    await this.manager.query(
      `WITH published AS (DELETE FROM outbox_queue WHERE event_id = ANY ($1::uuid[]))
       UPDATE stream_seen SET last_id = $2, last_seq = $3, last_at = clock_timestamp()
        WHERE last_seq IS NULL OR last_seq < $3`,
      [ids, last.id, last.seq],
    );
    const late = ids.filter((id) => this.late.has(id));
    if (late.length === 0) return;
    await this.manager.query(
      'UPDATE outbox SET published_at = clock_timestamp() WHERE id = ANY ($1::uuid[])',
      [late],
    );
  }
}
