import type { Answer } from '../rules/answer.js';

const timeoutMs = 8_000;

/** Asks the API of this origin; never throws: without an answer the status is 0. */
export async function ask(
  method: string,
  path: string,
  { body, key }: { body?: unknown; key?: string } = {},
): Promise<Answer> {
  try {
    const response = await fetch(`/v1${path}`, {
      method,
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return await read(response);
  } catch {
    return { status: 0, code: null, body: null, retryAfterMs: null, serverMs: null };
  }
}

async function read(response: Response): Promise<Answer> {
  const body: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  const code = (body as { code?: unknown } | null)?.code;
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const date = Date.parse(response.headers.get('date') ?? '');
  return {
    status: response.status,
    code: typeof code === 'string' ? code : null,
    body,
    retryAfterMs: Number.isFinite(retryAfter) ? retryAfter * 1_000 : null,
    serverMs: Number.isNaN(date) ? null : date,
  };
}
