import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DeadLetterEntity } from './write-tables.entity.js';

/** An event that was put aside, as it is kept. */
export interface DeadLetterRow {
  id: string;
  consumer: string;
  subject: string;
  event_id: string | null;
  payload: string;
  reason: string;
  deliveries: number;
  buried_at: Date;
  replay_requested_at: Date | null;
}

/**
 * Keeps an event that could not be applied, with the reason, until an operator replays or drops it. Buried a second time,
 * since the broker did not receive the first, it stays one letter.
 */
export async function storeDeadLetter(
  dataSource: DataSource,
  letter: Pick<DeadLetterRow, 'consumer' | 'subject' | 'payload' | 'reason' | 'deliveries'> & {
    eventId: string | null;
  },
): Promise<void> {
  await dataSource.query(
    `INSERT INTO dead_letters (id, consumer, subject, event_id, payload, reason, deliveries)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (consumer, event_id) DO UPDATE SET reason = excluded.reason, deliveries = excluded.deliveries`,
    [
      uuidv7(),
      letter.consumer,
      letter.subject,
      letter.eventId === null ? null : storable(letter.eventId),
      storable(letter.payload),
      storable(letter.reason),
      letter.deliveries,
    ],
  );
}

/** PostgreSQL stores no NUL; a payload that holds one is shown with the sign for it. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\u2400');
}

/** Lists letters, oldest first. */
export async function listDeadLetters(dataSource: DataSource): Promise<DeadLetterRow[]> {
  const letters = await dataSource.manager.find(DeadLetterEntity, { order: { id: 'ASC' } });
  return letters.map(({ eventId, buriedAt, replayRequestedAt, ...letter }) => ({
    ...letter,
    event_id: eventId,
    buried_at: buriedAt,
    replay_requested_at: replayRequestedAt,
  }));
}

/** Asks the running service to apply letters again; it looks every second. Without an id all of them. */
export async function requestReplay(dataSource: DataSource, id: string | undefined): Promise<number> {
  return changed(
    await dataSource.query(
      'UPDATE dead_letters SET replay_requested_at = now() WHERE $1::text IS NULL OR id::text = $1',
      [id ?? null],
    ),
  );
}

/** Drops letters for good. Without an id all of them. */
export async function dropDeadLetters(dataSource: DataSource, id: string | undefined): Promise<number> {
  return changed(
    await dataSource.query('DELETE FROM dead_letters WHERE $1::text IS NULL OR id::text = $1', [id ?? null]),
  );
}

/**
 * Applies the letters that an operator asked for, one after the other. What succeeds is gone; what fails stays with its
 * new reason and waits for the operator again.
 * @returns how many were applied
 */
export async function replayRequested(
  dataSource: DataSource,
  apply: (subject: string, payload: string) => Promise<void>,
): Promise<number> {
  let applied = 0;
  for (;;) {
    const letter = await takeRequested(dataSource);
    if (letter === undefined) return applied;
    try {
      await apply(letter.subject, letter.payload);
      await dropDeadLetters(dataSource, letter.id);
      applied += 1;
    } catch (error) {
      await dataSource.query(
        'UPDATE dead_letters SET reason = $2, deliveries = deliveries + 1 WHERE id = $1',
        [letter.id, storable(error instanceof Error ? error.message : String(error))],
      );
    }
  }
}

/** Takes the request off before the work: a letter that kills its process must not be tried for ever. */
async function takeRequested(dataSource: DataSource): Promise<DeadLetterRow | undefined> {
  const [rows] = (await dataSource.query(
    `UPDATE dead_letters SET replay_requested_at = NULL
      WHERE id = (SELECT id FROM dead_letters WHERE replay_requested_at IS NOT NULL
                   ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING *`,
  )) as [DeadLetterRow[], number];
  return rows[0];
}

function changed(result: unknown): number {
  return (result as [unknown, number])[1];
}
