import type { Sql } from './sql/pipelined-transaction.js';

/**
 * Rewrites the answers kept for repeated requests about some resources: personal data must go from them as well, and a
 * repetition still finds its answer. What is not changed keeps its text.
 */
export async function rewriteStoredResponses(
  sql: Sql,
  resourceIds: readonly string[],
  rewrite: (answer: unknown) => unknown,
): Promise<void> {
  const rows = (await sql.query(
    'SELECT scope, key, answer FROM idempotency WHERE resource_id = ANY($1::text[]) FOR UPDATE',
    [resourceIds],
  )) as { scope: string; key: string; answer: string }[];
  const rewritten = rows.map((row) => ({ ...row, next: JSON.stringify(rewrite(JSON.parse(row.answer))) }));
  const changed = rewritten.filter(({ answer, next }) => answer !== next);
  if (changed.length === 0) return;
  await sql.query(
    `UPDATE idempotency SET answer = given.answer
       FROM unnest($1::text[], $2::text[], $3::text[]) AS given (scope, key, answer)
      WHERE idempotency.scope = given.scope AND idempotency.key = given.key`,
    [changed.map(({ scope }) => scope), changed.map(({ key }) => key), changed.map(({ next }) => next)],
  );
}
