import { Problem, type Call, type ProblemCode } from '#contracts';

/** How requests and answers look on NATS. Answers are bare JSON bytes, so that the edge can pass them on unread. */

export interface RequestMessage {
  call: Call;
  input: unknown;
}

/** The reply header that carries a problem's code; the payload then holds its detail and extra members. */
export const problemHeader = 'Waystop-Problem';
/** The reply header of an answer that an idempotency record gave. */
export const replayedHeader = 'Waystop-Replayed';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encode(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value ?? null));
}

export function decode(bytes: Uint8Array): unknown {
  return JSON.parse(decoder.decode(bytes));
}

/** What may be said outside of an error: a problem as it is, anything else only as a bug to be looked up. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem('internal.error', 'Something broke on our side. Tell the operator the requestId.');
}

export function problemFrom(code: string, payload: unknown): Problem {
  const { detail, extra } = payload as { detail: string; extra: Problem['extra'] };
  return new Problem(code as ProblemCode, detail, extra);
}
