import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, type Caller } from '#contracts';
import { Authenticator } from '../auth/authenticator.js';
import { authRequired, readApiKey } from '../auth/bearer.js';
import type { Operation } from '../operations/operation.js';
import { RateLimiter, type RateLimitResult } from '../rate-limit/rate-limiter.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls, known before the body is read. */
    caller: Caller;
  }
}

export const publicCaller: Caller = { role: 'public', keyId: null };

type Done = (error?: Error) => void;

/** Decides before the body is read who calls, whether it calls too often, and whether it may call this at all. */
@Injectable()
export class RequestGuard {
  constructor(
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
  ) {}

  /** Ends with `done`, at once where the key is known, so that most requests wait for nothing here. */
  check(operation: Operation, request: FastifyRequest, reply: FastifyReply, done: Done): void {
    try {
      const header = request.headers.authorization;
      const caller = header === undefined ? publicCaller : this.identify(header, request, reply);
      if (caller instanceof Promise) {
        caller.then((known) => this.finish(operation, request, reply, known, done), done);
      } else this.finish(operation, request, reply, caller, done);
    } catch (error) {
      done(error as Error);
    }
  }

  revokeKey(keyId: string): void {
    this.authenticator.revokeKey(keyId);
  }

  private identify(
    header: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Caller | null | Promise<Caller | null> {
    try {
      return this.authenticator.identify(readApiKey(header));
    } catch (error) {
      applyRateLimit(this.limiter.check(null, request.ip), reply);
      throw error;
    }
  }

  private finish(
    operation: Operation,
    request: FastifyRequest,
    reply: FastifyReply,
    caller: Caller | null,
    done: Done,
  ): void {
    try {
      const { ip } = request;
      const isSignUp = operation.rateLimit === 'sign-ups' && caller !== null;
      applyRateLimit(isSignUp ? this.limiter.checkSignUp(ip) : this.limiter.check(caller, ip), reply);
      if (caller === null) throw authRequired('This API key does not exist or has ended.');
      assertRole(operation, caller);
      request.caller = caller;
    } catch (error) {
      done(error as Error);
      return;
    }
    done();
  }
}

function applyRateLimit({ headers, refusal }: RateLimitResult, reply: FastifyReply): void {
  for (let at = 0; at < headers.length; at += 2) reply.header(headers[at] ?? '', headers[at + 1]);
  if (refusal !== undefined) throw refusal;
}

/** Only who stands in the operation's row may call it. */
function assertRole(operation: Operation, caller: Caller): void {
  if (operation.access.includes(caller.role)) return;
  if (caller.role === 'public') throw authRequired('An API key is needed: Authorization: Bearer <API key>.');
  throw new Problem('auth.forbidden', `A key of the role ${caller.role} may not do this.`);
}
