import { ApiProblem, call, newIdempotencyKey } from '../../api/call.js';

/** What is done to many at once. */
export interface BulkAction {
  readonly kind: 'approve' | 'decline';
  readonly ids: readonly string[];
  readonly reason: string;
}

export interface BulkResult {
  readonly done: number;
  readonly failed: readonly unknown[];
}

/** Requests under way at once: an organizer's hundred must not take the whole budget of a minute. */
const atOnce = 4;

/** Does it to each; one that fails keeps no other from it. */
export async function runBulk({ kind, ids, reason }: BulkAction): Promise<BulkResult> {
  const waiting = [...ids];
  const failed: unknown[] = [];
  let done = 0;
  const body = kind === 'decline' && reason.trim() !== '' ? { reason: reason.trim() } : {};
  const work = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      try {
        await call('POST', `/registrations/${id}/${kind}`, { body, idempotencyKey: newIdempotencyKey() });
        done += 1;
      } catch (error) {
        failed.push(error);
        // Without a connection the others fail as well.
        if (error instanceof ApiProblem && error.status === 0) waiting.length = 0;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { done, failed };
}
