import { inOwnProcess } from '../in-own-process.js';

/** One request, as it will be sent again and again or once. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly apiKey?: string;
  readonly idempotencyKey?: string;
  readonly body?: unknown;
}

export interface LoadPlan {
  readonly port: number;
  /** Keep-alive connections, each with one request under way at a time. */
  readonly connections: number;
  readonly requests: readonly LoadRequest[];
  /** The requests are repeated for so many seconds; without it each is sent once. */
  readonly seconds?: number;
  /** Whether the bodies of the answers are wanted. */
  readonly keepBodies?: boolean;
}

export interface LoadResult {
  readonly answers: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly longestMs: number;
  readonly statuses: Readonly<Record<number, number>>;
  /** An answer that was no success, as it came. */
  readonly refusal: string | null;
  /** By place of the request; empty unless they were wanted. */
  readonly bodies: readonly string[];
  /** CPU time of the load generator itself, in milliseconds. */
  readonly cpuMs: number;
}

/** Sends the requests from a process of its own. @throws when any was refused: a bench of refusals measures nothing */
export async function load(plan: LoadPlan): Promise<LoadResult> {
  const result = await inOwnProcess<LoadPlan, LoadResult>(new URL('load-process.ts', import.meta.url), plan);
  if (result.refusal !== null)
    throw new Error(`Refused under load: ${JSON.stringify(result.statuses)}\n${result.refusal}`);
  return result;
}
