import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { OutputOf, RequestContract } from '#contracts';

const maxAttempts = 5;
const maxWaitS = 60;
const timeoutMs = 30_000;
const pageSize = 200;

const problem = z.object({
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});
export type Refused = z.output<typeof problem>;

export type Answer<T> =
  | { readonly refused: null; readonly data: T; readonly status: number; readonly replayed: boolean }
  | { readonly refused: Refused; readonly status: number };

interface Call {
  readonly key?: string | null;
  readonly body?: unknown;
  /** Names the effect: a later run that wants the same one sends the same Idempotency-Key. */
  readonly effect?: string;
}

/** A client that knows nothing but the HTTP API. The contracts only say what an answer must look like. */
export class PublicApi {
  constructor(
    readonly url: string,
    readonly organizerKey: string,
    private readonly say: (line: string) => void,
  ) {}

  async call<C extends RequestContract>(
    contract: C,
    method: string,
    path: string,
    call: Call = {},
  ): Promise<Answer<OutputOf<C>>> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.send(method, path, call);
      const json: unknown = await response.json();
      if (response.ok) return accepted(contract, response, json);
      const refused = problem.parse(json);
      if (!(await this.mayTryAgain(response, attempt))) return { refused, status: response.status };
    }
  }

  /** For what can't be refused unless something is wrong. */
  async must<C extends RequestContract>(
    contract: C,
    method: string,
    path: string,
    call: Call = {},
  ): Promise<OutputOf<C>> {
    const answer = await this.call(contract, method, path, call);
    if (answer.refused === null) return answer.data;
    const { status, code, detail, errors = [] } = answer.refused;
    const all = [detail, ...errors.map(({ message }) => message)].join(' ');
    throw new DemoFailure(`${method} ${path} was refused: ${status} ${code}. ${all}`);
  }

  /** All pages of a list. */
  async all<Item>(
    contract: RequestContract<z.ZodType, z.ZodType<{ items: Item[]; nextCursor: string | null }>>,
    path: string,
    key: string,
  ): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: { items: Item[]; nextCursor: string | null } = await this.must(
        contract,
        'GET',
        `${path}?limit=${pageSize}${after}`,
        { key },
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  }

  private send(method: string, path: string, { key, body, effect }: Call): Promise<Response> {
    const headers = new Headers();
    if (key !== undefined && key !== null) headers.set('authorization', `Bearer ${key}`);
    if (effect !== undefined) headers.set('idempotency-key', this.idempotencyKey(effect));
    if (body !== undefined) headers.set('content-type', 'application/json');
    return fetch(`${this.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
  }

  /**
   * The same effect has the same key in every run, so a repeated sign-up is answered with the company's API key and
   * nothing has to be kept in a file. It is derived from the organizer's key, since who could guess it could ask too.
   */
  private idempotencyKey(effect: string): string {
    return `demo-${createHmac('sha256', this.organizerKey).update(effect).digest('base64url')}`;
  }

  private async mayTryAgain(response: Response, attempt: number): Promise<boolean> {
    const waitS = Number(response.headers.get('retry-after') ?? 1);
    const passes = response.status === 429 || response.status === 503;
    if (!passes || attempt >= maxAttempts || waitS > maxWaitS) return false;
    this.say(`(${response.status}: the API asks to wait ${waitS} s)`);
    await sleep(waitS * 1_000);
    return true;
  }
}

/** The system answered otherwise than the API's description says, or can't be used. */
export class DemoFailure extends Error {
  override readonly name = 'DemoFailure';
}

function accepted<C extends RequestContract>(
  contract: C,
  response: Response,
  json: unknown,
): Answer<OutputOf<C>> {
  return {
    refused: null,
    data: contract.output.parse(json) as OutputOf<C>,
    status: response.status,
    replayed: response.headers.get('idempotency-replayed') === 'true',
  };
}
