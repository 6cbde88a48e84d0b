import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, LOGGER, type Logger } from '#service';
import type { GatewayConfig } from '../config.js';
import { logRequest } from '../http/completion.interceptor.js';
import { publicReadCors } from '../http/cors.js';
import { strictTransport } from '../http/headers.js';
import { requestIdOf } from '../http/request-id.js';
import { isNotModified } from '../http/response.js';
import { RateLimiter } from '../rate-limit/rate-limiter.js';
import { readerHeader } from '../rate-limit/reader-address.js';
import { PublicReadCache } from './public-read-cache.js';

/**
 * Answers from the cache before Fastify sees the request: its router, hooks and objects are half of what a public read
 * costs. Takes the plainest requests only; all others go on to the router, which gives the same response.
 */
@Injectable()
export class CacheFastPath {
  /** Behind proxies the router finds out whose address counts, so there it has the limits to itself. */
  private readonly isEnabled: boolean;
  private readonly isLogged: boolean;

  constructor(
    private readonly cache: PublicReadCache,
    private readonly limiter: RateLimiter,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    const limits = [config.RATE_LIMIT_PER_MINUTE, config.ADDRESS_LIMIT_PER_MINUTE];
    this.isEnabled = config.TRUSTED_PROXIES === undefined || limits.every((limit) => limit === 0);
    this.isLogged = logger.isLevelEnabled('info');
  }

  /** @returns whether the request has been answered; if not, nothing has been done with it */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const { headers } = request;
    if (!this.isEnabled || request.method !== 'GET' || !isPlain(headers)) return false;
    const beganMs = performance.now();
    const cached = this.cache.findFresh(request.url ?? '', Date.now());
    if (cached === undefined) return false;
    // A refusal is left to the router, which counts the request as refused once more; that takes nothing.
    const limit = this.limiter.check(null, request.socket.remoteAddress ?? '');
    if (limit.refusal !== undefined) return false;
    const {
      status,
      headers: own,
      body,
    } = isNotModified('GET', headers['if-none-match'], cached.etag) ? cached.unchanged : cached;
    const requestId = requestIdOf(request);
    const overTls = headers['x-forwarded-proto'] === 'https' ? strictTransport : [];
    response.writeHead(status, [
      'x-request-id',
      requestId,
      ...overTls,
      ...publicReadCors,
      ...limit.headers,
      ...own,
    ]);
    response.end(body, 'latin1');
    const seconds = (performance.now() - beganMs) / 1_000;
    cached.metrics.record(status, seconds);
    const { route } = cached.metrics;
    if (this.isLogged)
      logRequest(this.logger, {
        method: 'GET',
        route,
        status,
        seconds,
        requestId,
        keyId: null,
        userId: null,
      });
    return true;
  }
}

/**
 * Without a key, a sign-in or a body, which change the response, and without a reader's address, for which it would
 * count.
 */
function isPlain(headers: IncomingHttpHeaders): boolean {
  return (
    headers.authorization === undefined &&
    (headers.cookie === undefined || !headers.cookie.includes('waystop=')) &&
    headers['content-length'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    headers[readerHeader] === undefined
  );
}
