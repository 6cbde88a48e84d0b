import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem, type Caller } from '#contracts';
import { Authenticator } from '../auth/authenticator.js';
import { authRequired, readApiKey } from '../auth/bearer.js';
import type { Operation } from '../operations/operation.js';
import { RateLimiter, type RateLimitResult } from '../rate-limit/rate-limiter.js';
import { ReaderAddress } from '../rate-limit/reader-address.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Known before the body is read. */
    caller: Caller;
  }
}

export const publicCaller: Caller = { role: 'public', keyId: null };

/** Runs before the body is read: authenticates the caller, applies rate limits, checks the role. */
@Injectable()
export class RequestGuard {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly limiter: RateLimiter,
    private readonly readers: ReaderAddress,
  ) {}

  /**
   * @returns a promise only where accounts or the issuer must be asked first, so that most requests wait for nothing
   * @throws Problem `auth.required`, `auth.forbidden`, `rate.limited`
   */
  check(operation: Operation, request: FastifyRequest): void | Promise<void> {
    const { authorization } = request.headers;
    const caller = authorization === undefined ? publicCaller : this.identify(authorization, request);
    if (!(caller instanceof Promise)) return this.admit(operation, request, caller);
    return caller.then((known) => this.admit(operation, request, known));
  }

  private identify(authorization: string, request: FastifyRequest): Caller | null | Promise<Caller | null> {
    try {
      return this.authenticator.identify(readApiKey(authorization));
    } catch (error) {
      applyRateLimit(this.limiter.check(null, this.readers.of(request)), request);
      throw error;
    }
  }

  private admit(operation: Operation, request: FastifyRequest, caller: Caller | null): void {
    const ip = this.readers.of(request);
    const isSignUp = operation.rateLimit === 'sign-ups' && caller !== null;
    applyRateLimit(isSignUp ? this.limiter.checkSignUp(ip) : this.limiter.check(caller, ip), request);
    if (caller === null) throw authRequired('This API key does not exist or has been revoked.');
    assertRole(operation, caller);
    request.caller = caller;
  }
}

/** The response tells the state of the limit, and a request too many ends here. */
function applyRateLimit({ headers, refusal }: RateLimitResult, request: FastifyRequest): void {
  request.replyHeaders.push(...headers);
  if (refusal !== undefined) throw refusal;
}

function assertRole(operation: Operation, caller: Caller): void {
  if (operation.access.includes(caller.role)) return;
  if (caller.role === 'public') throw authRequired('Send an API key: Authorization: Bearer <API key>.');
  throw new Problem('auth.forbidden', `A key with the role ${caller.role} may not do this.`);
}
