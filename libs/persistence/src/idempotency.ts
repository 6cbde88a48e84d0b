import { Problem, type Call } from '#contracts';
import type { Sql } from './pipelined-transaction.js';
import { textArray } from './sql-array.js';

/** After this a key may be used again, in hours. */
export const idempotencyHours = 24;

/** The answer that an earlier request with the same key got. */
export interface Replay {
  answer: unknown;
}

/**
 * Looks up the answers of requests that were made before, many at once.
 * @returns per call its earlier answer, a problem when its key belongs to another request, or undefined when it is new
 */
export async function findReplays(manager: Sql, calls: Call[]): Promise<(Replay | Problem | undefined)[]> {
  const keyed = calls.flatMap((call) => call.idempotency ?? []);
  if (keyed.length === 0) return calls.map(() => undefined);
  const rows = (await manager.query(
    // One look-up by the index for each key, whatever the planner thinks of a table that nobody has analysed yet.
    `SELECT kept.* FROM unnest($1::text[], $2::text[]) AS asked (scope, key)
      CROSS JOIN LATERAL (
        SELECT scope, key, request_hash, answer FROM idempotency
         WHERE scope = asked.scope AND key = asked.key
           AND created_at > now() - interval '${idempotencyHours} hours' OFFSET 0) AS kept`,
    [textArray(keyed.map((one) => one.scope)), textArray(keyed.map((one) => one.key))],
  )) as { scope: string; key: string; request_hash: string; answer: string }[];
  const found = new Map(rows.map((row) => [`${row.scope}\n${row.key}`, row]));
  return calls.map(({ idempotency }) => {
    const row = idempotency && found.get(`${idempotency.scope}\n${idempotency.key}`);
    if (row === undefined || idempotency === undefined) return undefined;
    if (row.request_hash !== idempotency.requestHash) return keyReused();
    return { answer: JSON.parse(row.answer) as unknown };
  });
}

/** Requests with one key go one after the other, so that the second finds the answer of the first. */
export async function lockIdempotencyKey(manager: Sql, call: Call): Promise<void> {
  if (call.idempotency === undefined) return;
  const { scope, key } = call.idempotency;
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${scope}\n${key}`]);
}

function keyReused(): Problem {
  return new Problem(
    'idempotency.key_reused',
    'This Idempotency-Key was used for another request in the last 24 hours. Use a new key for a new request.',
  );
}
