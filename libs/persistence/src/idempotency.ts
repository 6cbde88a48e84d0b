import { Problem, type Call } from '#contracts';
import type { Decided } from './command-queue.js';
import type { Sql } from './sql/pipelined-transaction.js';
import { textArray } from './sql/sql-array.js';

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

/** What tells requests with one key apart from all others; undefined for a request without a key. */
export function idempotencyKeyOf({ call }: { readonly call: Call }): string | undefined {
  return call.idempotency && `${call.idempotency.scope}\n${call.idempotency.key}`;
}

/** What `findReplays` found as the answer of a call, and marks the call; undefined for a new request. */
export function replayed<Answer>(
  call: Call & { replayed?: boolean },
  replay: Replay | Problem | undefined,
): Decided<Answer> | undefined {
  if (replay === undefined) return undefined;
  if (replay instanceof Problem) return { ok: false, error: replay };
  call.replayed = true;
  return { ok: true, answer: replay.answer as Answer };
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
