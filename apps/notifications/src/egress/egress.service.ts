import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { Client } from 'undici';
import { CONFIG } from '#service';
import type { NotificationsConfig } from '../config.js';
import { checkReceiverUrl, type CheckedReceiver } from './receiver-url.js';
import { retryAfterMsOf } from './retry-after.js';

const connectMs = 5_000;
const headersMs = 15_000;
/** The whole of an attempt, connecting included. */
const attemptMs = 15_000;
/** What an answer may say; more is not read. */
const maxAnswerBytes = 16 * 1024;

export interface PostAnswer {
  readonly status: number;
  /** What `Retry-After` asks for, in milliseconds. */
  readonly retryAfterMs: number | null;
}

/** The way to the outside: where a URL leads is checked before anything is sent there. */
@Injectable()
export class EgressService {
  constructor(@Inject(CONFIG) private readonly config: NotificationsConfig) {}

  /** @throws RefusedUrl, with words for the owner */
  check(url: string): Promise<CheckedReceiver> {
    return checkReceiverUrl(url, this.config.EGRESS_ALLOW, async (host) =>
      (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address),
    );
  }

  /**
   * Posts a body to a receiver that was checked: over a connection of its own to one of the checked addresses, whatever
   * the name resolves to by now. Redirects are answers like others and are not followed.
   * @throws where no whole answer came within 15 seconds
   */
  async post(
    { url, addresses }: CheckedReceiver,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<PostAnswer> {
    const client = new Client(url.origin, {
      connect: { timeout: connectMs, lookup: pinnedTo(addresses) },
      headersTimeout: headersMs,
      bodyTimeout: attemptMs,
      maxResponseSize: maxAnswerBytes,
      pipelining: 1,
    });
    try {
      const answer = await client.request({
        path: `${url.pathname}${url.search}`,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'Waystop-Webhooks', ...headers },
        body,
        signal: AbortSignal.timeout(attemptMs),
      });
      const retryAfter = answer.headers['retry-after'];
      await answer.body.dump({ limit: maxAnswerBytes }).catch(() => undefined);
      return { status: answer.statusCode, retryAfterMs: retryAfterMsOf(retryAfter, new Date()) };
    } finally {
      await client.destroy();
    }
  }
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
