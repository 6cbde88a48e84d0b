import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem, type Caller } from '#contracts';
import { CONFIG } from '#service';
import { Authenticator } from '../auth/authenticator.js';
import { authRequired, readApiKey } from '../auth/bearer.js';
import { isFromElsewhere, isOwnSite } from '../auth/cross-site.js';
import { SignInCookies } from '../auth/sign-in-cookies.js';
import { publicUrlOf, type GatewayConfig } from '../config.js';
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

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Runs before the body is read: authenticates the caller, applies rate limits, checks the role. */
@Injectable()
export class RequestGuard {
  /** Of the installation's pages. */
  private readonly origin: string;

  constructor(
    private readonly authenticator: Authenticator,
    private readonly cookies: SignInCookies,
    private readonly limiter: RateLimiter,
    private readonly readers: ReaderAddress,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.origin = new URL(publicUrlOf(config)).origin;
  }

  /**
   * @returns a promise only where accounts or the issuer must be asked first, so that most requests wait for nothing
   * @throws Problem `auth.required`, `auth.forbidden`, `auth.cross_site`, `rate.limited`
   */
  check(operation: Operation, request: FastifyRequest): void | Promise<void> {
    const { authorization, cookie } = request.headers;
    // Without a cookie there is nothing to sign out of.
    if (operation.isWayIn === true)
      this.refuseCrossSite(request, operation.needsBrowser === true || cookie === undefined);
    // Where a key is sent as well, the key counts.
    const caller =
      authorization !== undefined
        ? this.identify(authorization, request)
        : cookie === undefined
          ? publicCaller
          : this.identifyByCookie(operation, request, cookie);
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

  private identifyByCookie(
    operation: Operation,
    request: FastifyRequest,
    cookie: string,
  ): Caller | null | Promise<Caller | null> {
    const token = this.cookies.signInIn(cookie);
    if (token === undefined) return publicCaller;
    const { method, headers } = request;
    // Public reads may be embedded anywhere, and show the public's view there.
    if (operation.publicRead !== undefined && isFromElsewhere(headers, this.origin)) return publicCaller;
    if (!safeMethods.has(method) && operation.isWayIn !== true) this.refuseCrossSite(request, false);
    const known = this.authenticator.identifySignIn(token);
    return known instanceof Promise
      ? known.then((caller) => orPublic(caller, operation))
      : orPublic(known, operation);
  }

  private refuseCrossSite(request: FastifyRequest, machinesToo: boolean): void {
    if (isOwnSite(request.headers, this.origin, machinesToo)) return;
    applyRateLimit(this.limiter.check(null, this.readers.of(request)), request);
    throw new Problem('auth.cross_site', "This request does not come from the installation's own pages.");
  }

  private admit(operation: Operation, request: FastifyRequest, caller: Caller | null): void {
    const ip = this.readers.of(request);
    applyRateLimit(this.limitOf(operation, caller, ip), request);
    if (caller === null) throw authRequired(unknownCredential(request));
    assertRole(operation, caller);
    request.caller = caller;
  }

  private limitOf({ rateLimit }: Operation, caller: Caller | null, ip: string): RateLimitResult {
    if (rateLimit === 'verifications') return this.limiter.checkVerification(ip);
    if (rateLimit === 'sign-ups' && caller !== null) return this.limiter.checkSignUp(ip);
    return this.limiter.check(caller, ip);
  }
}

/** Adds the state of the limit to the response, and refuses a request too many. */
function applyRateLimit({ headers, refusal }: RateLimitResult, request: FastifyRequest): void {
  request.replyHeaders.push(...headers);
  if (refusal !== undefined) throw refusal;
}

/** A browser whose sign-in has ended still reads what is public, and can sign in anew. */
function orPublic(caller: Caller | null, { method, access, isWayIn }: Operation): Caller | null {
  const isOpen = access.includes('public') && (method === 'GET' || isWayIn === true);
  return caller === null && isOpen ? publicCaller : caller;
}

function unknownCredential({ headers: { authorization } }: FastifyRequest): string {
  return authorization === undefined
    ? 'This sign-in has ended. Sign in again.'
    : 'This API key does not exist or has been revoked.';
}

function assertRole({ access, takesPeople }: Operation, caller: Caller): void {
  const { role, userId, signInId } = caller;
  if (access.includes(role)) return;
  if (userId !== undefined && takesPeople === true) return;
  if (signInId !== undefined) throw new Problem('auth.forbidden', forbiddenToPerson(caller));
  if (role === 'public') throw authRequired('Send an API key (Authorization: Bearer <API key>), or sign in.');
  throw new Problem('auth.forbidden', `A key with the role ${role} may not do this.`);
}

function forbiddenToPerson({ role }: Caller): string {
  return role === 'public'
    ? 'You belong to no organization or company yet.'
    : `With the role ${role} you may not do this.`;
}
