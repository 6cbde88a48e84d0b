import { isIP, type LookupFunction } from 'node:net';
import { Pool } from 'undici';
import { AnswerHandler, type ReceivedAnswer } from './answer.handler.js';
import type { CheckedReceiver } from './receiver-url.js';
import { retryAfterMsOf } from './retry-after.js';

const connectMs = 5_000;
const headersMs = 15_000;
/** The whole of an attempt, connecting included. */
const attemptMs = 15_000;
/** Connections to one receiver at once. */
const maxConnections = 4;
/** What an answer may say; more is not read. */
const maxAnswerBytes = 16 * 1024;
const userAgent = 'Waystop-Webhooks';

export interface PostAnswer {
  readonly status: number;
  /** What `Retry-After` asks for, in milliseconds. */
  readonly retryAfterMs: number | null;
}

/**
 * Connections to a receiver that was checked: to one of the checked addresses, whatever the name resolves to by now.
 * Redirects are answers like others and are not followed.
 */
export class ReceiverConnection {
  private readonly pool: Pool;
  private readonly path: string;

  constructor({ url, addresses }: CheckedReceiver) {
    this.path = `${url.pathname}${url.search}`;
    this.pool = new Pool(url.origin, {
      connections: maxConnections,
      connect: { timeout: connectMs, lookup: pinnedTo(addresses) },
      headersTimeout: headersMs,
      bodyTimeout: attemptMs,
      maxResponseSize: maxAnswerBytes,
      pipelining: 1,
    });
  }

  /** @throws where no answer came within 15 seconds */
  async post(headers: Readonly<Record<string, string>>, body: string): Promise<PostAnswer> {
    return statusOf(await this.request(headers, body, false));
  }

  /** The same for receivers that say in the body what they mean. @throws where no whole answer came in time */
  async postAndRead(
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<PostAnswer & { text: string }> {
    const answer = await this.request(headers, body, true);
    return { text: answer.text, ...statusOf(answer) };
  }

  /** Ends what is under way, too. */
  close(): void {
    this.pool.destroy().catch(() => undefined);
  }

  private request(
    headers: Readonly<Record<string, string>>,
    body: string,
    reads: boolean,
  ): Promise<ReceivedAnswer> {
    return new Promise((resolve, reject) => {
      this.pool.dispatch(
        {
          path: this.path,
          method: 'POST',
          headers: { 'content-type': 'application/json', 'user-agent': userAgent, ...headers },
          body,
        },
        new AnswerHandler({ attemptMs, reads }, resolve, reject),
      );
    });
  }
}

function statusOf({ status, headers }: ReceivedAnswer): PostAnswer {
  return { status, retryAfterMs: retryAfterMsOf(headers['retry-after'], new Date()) };
}

/** Answers every look-up with the addresses that were checked. Literal hosts are not looked up and need none. */
function pinnedTo(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, options, callback) => {
    const [first] = all;
    if (options.all === true) callback(null, all);
    else callback(null, first?.address ?? '', first?.family);
  };
}
