import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, LOGGER, type Logger } from '#service';
import type { GatewayConfig } from '../config.js';
import { requestIdOf } from '../http/request-id.js';
import { logRequest } from '../http/logging.interceptor.js';
import { strictTransport } from '../http/headers.js';
import { RateLimiter } from '../rate-limit/rate-limiter.js';
import { PublicReadCache } from './public-read-cache.js';

type Settings = Pick<GatewayConfig, 'RATE_LIMIT_PER_MINUTE' | 'ADDRESS_LIMIT_PER_MINUTE' | 'TRUSTED_PROXIES'>;

const overTls = Object.entries(strictTransport).flat();

/**
 * Answers from memory before Fastify sees the request: its router, hooks and objects are half of what a public read
 * costs. Takes the plainest requests only; all others go on to the edge, which gives the same answer.
 */
@Injectable()
export class CacheFastPath {
  /** Behind proxies the edge finds out whose address counts, so there it has the limits to itself. */
  private readonly isEnabled: boolean;
  private readonly isLogged: boolean;

  constructor(
    @Inject(PublicReadCache) private readonly publicReads: PublicReadCache,
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) config: Settings,
  ) {
    const limits = [config.RATE_LIMIT_PER_MINUTE, config.ADDRESS_LIMIT_PER_MINUTE];
    this.isEnabled = config.TRUSTED_PROXIES === undefined || limits.every((limit) => limit === 0);
    this.isLogged = logger.isLevelEnabled('info');
  }

  /** @returns whether the request has been answered; if not, nothing has been done with it */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    if (!this.isEnabled || request.method !== 'GET' || !isPlain(request.headers)) return false;
    const beganMs = performance.now();
    const kept = this.publicReads.findFresh(request.url ?? '', Date.now());
    if (kept === undefined) return false;
    // A refusal is left to the edge: it will count the request as refused once more, which takes nothing.
    const limit = this.limiter.check(null, request.socket.remoteAddress ?? '');
    if (limit.refusal !== undefined) return false;
    const requestId = requestIdOf(request);
    const headers = [...kept.headerList, ...limit.headers, 'x-request-id', requestId];
    if (request.headers['x-forwarded-proto'] === 'https') headers.push(...overTls);
    response.writeHead(kept.status, headers);
    response.end(kept.latin1, 'latin1');
    const seconds = (performance.now() - beganMs) / 1_000;
    kept.count(seconds);
    if (this.isLogged) logRequest(this.logger, { method: 'GET', ...kept, seconds, requestId, keyId: null });
    return true;
  }
}

/** Without a key, a page's origin, a tag to compare, or a body: each of them changes the answer. */
function isPlain(headers: IncomingHttpHeaders): boolean {
  return (
    headers.authorization === undefined &&
    headers.origin === undefined &&
    headers['if-none-match'] === undefined &&
    headers['content-length'] === undefined &&
    headers['transfer-encoding'] === undefined
  );
}
