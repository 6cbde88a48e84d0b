import type { DataSource, EntityManager } from 'typeorm';
import { outboxDays } from '../housekeeping.js';
import { relayLock } from './sql-outbox.js';

/** The stream as the broker shows it now. */
export interface PresentStream {
  /** When it was made, which tells it from another stream of its name. */
  created: string;
  /** The id of the event at a place of the stream, or null where there is none. */
  eventAt: (seq: number) => Promise<string | null>;
}

/** Events that are queued again with one statement. */
const batchSize = 5_000;
/** An event older than this may have left the stream by its age, so that it proves nothing, in days. */
const provesForDays = 6;

interface LastAcknowledged {
  id: string;
  seq: number;
}

/**
 * Whether a stream has lost something that it acknowledged: it is another one than before, or the last event that it
 * acknowledged is not where it said. Streams lose their end or all, never a part in the middle.
 */
export async function hasLost(
  remembered: { created: string | undefined; last: LastAcknowledged | undefined },
  stream: PresentStream,
): Promise<boolean> {
  if (remembered.created !== stream.created) return true;
  const { last } = remembered;
  return last !== undefined && (await stream.eventAt(last.seq)) !== last.id;
}

interface Seen {
  created: string;
  /** As PostgreSQL writes it: a `Date` would lose the microseconds, and then nothing is equal to it. */
  republish_before: string | null;
}

/**
 * What this database remembers of the stream. JetStream acknowledges before it syncs to disk, streams can be deleted and
 * stores wiped; so a service looks whether the stream still holds what it acknowledged last. If not, every event that the
 * lost stream had is published again from the outbox, which keeps rows for longer than the stream does. The events keep
 * their ids: who applied one ignores it, who did not gets it at last.
 */
export class StreamCheckpoint {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Compares, and notes a loss, so that `republish` knows of it, in whichever process. No round of a relay is under way
   * meanwhile: whatever was acknowledged is marked, so it is looked for; and what is marked later went to the stream as
   * it is now.
   * @returns whether the stream has lost something
   */
  compare(stream: PresentStream): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [relayLock]);
      const seen = await findSeen(manager);
      const last = await findLastAcknowledged(manager);
      if (!(await hasLost({ created: seen?.created, last }, stream))) return false;
      await manager.query(
        `INSERT INTO stream_seen (created, republish_before) VALUES ($1, clock_timestamp())
         ON CONFLICT (only_one) DO UPDATE
           SET created = excluded.created, republish_before = excluded.republish_before,
               last_id = NULL, last_seq = NULL, last_at = NULL`,
        [stream.created],
      );
      return true;
    });
  }

  /**
   * Has published again what a lost stream had, if one was lost; goes on where a process that died in the middle stopped.
   * @returns how many events go out again
   */
  async republish(): Promise<number> {
    const before = (await findSeen(this.dataSource.manager))?.republish_before ?? null;
    if (before === null) return 0;
    const from = new Date(Date.now() - outboxDays * 24 * 3_600_000);
    const total = await publishAgain(this.dataSource.manager, { from, before });
    await this.dataSource.query(
      'UPDATE stream_seen SET republish_before = NULL WHERE republish_before = $1::timestamptz',
      [before],
    );
    return total;
  }
}

async function findSeen(manager: EntityManager): Promise<Seen | undefined> {
  const [row] = (await manager.query('SELECT created, republish_before::text FROM stream_seen')) as Seen[];
  return row;
}

/** An old event proves nothing: it may have left the stream by its age. */
async function findLastAcknowledged(manager: EntityManager): Promise<LastAcknowledged | undefined> {
  const [row] = (await manager.query(
    `SELECT last_id AS id, last_seq AS seq FROM stream_seen
      WHERE last_at > now() - interval '${provesForDays} days'`,
  )) as { id: string; seq: string }[];
  return row && { id: row.id, seq: Number(row.seq) };
}

/**
 * Queues once more what was published within a time.
 * @returns how many events go out again
 */
export async function publishAgain(
  manager: EntityManager,
  published: { from: Date; before: Date | string },
): Promise<number> {
  let total = 0;
  let after: string | null = null;
  do {
    const [batch]: { count: number; last: string | null }[] = await manager.query(
      `WITH batch AS (SELECT id FROM outbox
                       WHERE published_at >= $1 AND published_at < $2::timestamptz AND ($3::uuid IS NULL OR id > $3)
                       ORDER BY id LIMIT ${batchSize}),
            queued AS (INSERT INTO outbox_queue SELECT id FROM batch ON CONFLICT DO NOTHING)
       SELECT count(*)::int AS count, (array_agg(id ORDER BY id DESC))[1] AS last FROM batch`,
      [published.from, published.before, after],
    );
    total += batch?.count ?? 0;
    after = batch?.last ?? null;
  } while (after !== null);
  return total;
}
