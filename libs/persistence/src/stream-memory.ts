import type { DataSource, EntityManager } from 'typeorm';
import { outboxDays } from './housekeeping.js';
import { relayLock } from './sql-outbox.js';

/** The stream as the broker shows it now. */
export interface PresentStream {
  /** When it was made, which tells it from another stream of its name. */
  created: string;
  /** The id of the event at a place of the stream, or null where there is none. */
  eventAt: (seq: number) => Promise<string | null>;
}

/** Rows that are told to go out again with one statement. */
const batchSize = 5_000;
/** An event older than this may have left the stream by its age, so that it proves nothing, in days. */
const provesForDays = 6;

interface Seen {
  created: string;
  republish_before: Date | null;
}

/**
 * What this database remembers of the stream. JetStream acknowledges before it syncs to disk, streams can be deleted and
 * stores wiped; so a service looks whether the stream still holds what it acknowledged last. If not, every event that the
 * lost stream had is published again from the outbox, which keeps rows for longer than the stream does. The events keep
 * their ids: who applied one ignores it, who did not gets it at last.
 */
export class StreamMemory {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Compares, and notes a loss, so that `republish` knows of it, in whichever process.
   * @returns whether the stream has lost something
   */
  async compare(stream: PresentStream): Promise<boolean> {
    const lost = await this.lost(stream);
    if (lost) await this.remember(stream);
    return lost;
  }

  private async lost(stream: PresentStream): Promise<boolean> {
    const seen = await this.seen(this.dataSource.manager);
    if (seen?.created !== stream.created) return true;
    const last = await this.lastAcknowledged();
    return last !== undefined && (await stream.eventAt(last.seq)) !== last.id;
  }

  private async seen(manager: EntityManager): Promise<Seen | undefined> {
    const [row] = (await manager.query('SELECT created, republish_before FROM stream_seen')) as Seen[];
    return row;
  }

  /** Rows that are to go out again anyway prove nothing. */
  private async lastAcknowledged(): Promise<{ id: string; seq: number } | undefined> {
    const [row] = (await this.dataSource.query(
      `SELECT id, stream_seq AS seq FROM outbox
        WHERE published_at > now() - interval '${provesForDays} days' AND stream_seq IS NOT NULL
          AND published_at >= coalesce((SELECT republish_before FROM stream_seen), '-infinity')
        ORDER BY published_at DESC LIMIT 1`,
    )) as { id: string; seq: string }[];
    return row && { id: row.id, seq: Number(row.seq) };
  }

  /**
   * Under the lock that rounds of relays share, so that none is under way: what was marked until now went to the stream
   * as it was before, and what is marked later goes to the present one. Replicas that find the loss at the same time
   * may both get here; the later one only has some events published once more.
   */
  private async remember(stream: PresentStream): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [relayLock]);
      await manager.query(
        `INSERT INTO stream_seen (created, republish_before) VALUES ($1, clock_timestamp())
         ON CONFLICT (only_one) DO UPDATE
           SET created = excluded.created, republish_before = excluded.republish_before`,
        [stream.created],
      );
    });
  }

  /**
   * Has published again what a lost stream had, if one was lost; goes on where a process that died in the middle stopped.
   * @returns how many events go out again
   */
  async republish(): Promise<number> {
    const before = (await this.seen(this.dataSource.manager))?.republish_before ?? null;
    if (before === null) return 0;
    let total = 0;
    for (let count = batchSize; count === batchSize; total += count) {
      count = await publishAgain(this.dataSource.manager, {
        from: new Date(Date.now() - outboxDays * 24 * 3_600_000),
        before,
      });
    }
    await this.dataSource.query(
      'UPDATE stream_seen SET republish_before = NULL WHERE republish_before = $1',
      [before],
    );
    return total;
  }
}

/**
 * Makes published rows of a time wait again, at most one batch of them.
 * @returns how many
 */
export async function publishAgain(
  manager: EntityManager,
  published: { from: Date; before: Date },
): Promise<number> {
  const [, count] = (await manager.query(
    `UPDATE outbox SET published_at = NULL, stream_seq = NULL
      WHERE id IN (SELECT id FROM outbox WHERE published_at >= $1 AND published_at < $2
                    ORDER BY published_at LIMIT ${batchSize} FOR UPDATE)`,
    [published.from, published.before],
  )) as [unknown, number];
  return count;
}
