import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  apiKeyChanged,
  authenticateKeys,
  signInChanged,
  type Caller,
  type EventOf,
  type Principal,
  type SignInPrincipal,
} from '#contracts';
import { Broker, Rpc, subscribe } from '#messaging';
import { CommandQueue, type Decided } from '#persistence';
import { CONFIG, LOGGER, type Logger } from '#service';
import { oidcSettings, type GatewayConfig } from '../config.js';
import { ApiKeyCache, SignInCache, callerOf } from './api-key-cache.js';
import { readApiKey } from './bearer.js';
import { LastUsedRecorder } from './last-used-recorder.js';
import { OidcVerifier, looksLikeJwt } from './oidc.js';
import { SignInCookies } from './sign-in-cookies.js';
import { TokenUsers } from './token-users.js';

/** Hashes in one request to accounts; its contract takes no more. */
const maxBatch = 1_000;
/** Lookups that wait at most; the next are refused at once. */
const maxWaiting = 20_000;

/**
 * Finds out who calls. Keys and sign-ins come from memory; unknown ones are looked up together: what arrives while one request is in
 * flight goes with the next, so that a rush of new callers costs a few round trips and not one each.
 */
@Injectable()
export class Authenticator implements OnModuleInit {
  private readonly oidc: OidcVerifier | undefined;
  private readonly lookups = new CommandQueue<string, Caller | null>({
    decide: (hashes) => this.lookUp(hashes),
    maxBatch,
    maxWaiting,
  });
  private readonly inFlight = new Map<string, Promise<Caller | null>>();
  /** Rises whenever the cache is emptied: answers from before it may be out of date. */
  private generation = 0;

  constructor(
    private readonly broker: Broker,
    private readonly rpc: Rpc,
    private readonly cache: ApiKeyCache,
    private readonly signIns: SignInCache,
    private readonly cookies: SignInCookies,
    private readonly tokenUsers: TokenUsers,
    private readonly lastUsed: LastUsedRecorder,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    const settings = oidcSettings(config);
    this.oidc = settings && new OidcVerifier(settings);
  }

  async onModuleInit(): Promise<void> {
    this.broker.onReconnect(() => {
      this.generation += 1;
      this.cache.clear();
      this.signIns.clear();
    });
    await subscribe(
      this.broker,
      apiKeyChanged.subject,
      (event) => this.onKeyChanged(event as EventOf<typeof apiKeyChanged>),
      (error) => this.logger.warn({ err: error }, 'unreadable API key event'),
    );
    await subscribe(
      this.broker,
      signInChanged.subject,
      (event) => this.onSignInChanged(event as EventOf<typeof signInChanged>),
      (error) => this.logger.warn({ err: error }, 'unreadable sign-in event'),
    );
  }

  /** @returns the caller; `null` for a key that does not exist; a promise where accounts must be asked first */
  identify(apiKey: string): Caller | null | Promise<Caller | null> {
    if (this.oidc !== undefined && looksLikeJwt(apiKey)) return this.identifyToken(this.oidc, apiKey);
    return this.resolve(this.cache, hash('sha256', apiKey, 'base64url'));
  }

  /** The same for the token of a cookie. Its hash is made in another way, so that no key passes for one. */
  identifySignIn(token: string): Caller | null | Promise<Caller | null> {
    return this.resolve(this.signIns, hash('sha256', `sign-in\n${token}`, 'base64url'));
  }

  /** Finds out once more who sent a request that is still open. */
  identifyAgain({ authorization, cookie }: IncomingHttpHeaders): Caller | null | Promise<Caller | null> {
    if (authorization !== undefined) return this.identify(readApiKey(authorization));
    const token = this.cookies.signInIn(cookie);
    return token === undefined ? null : this.identifySignIn(token);
  }

  private async identifyToken(oidc: OidcVerifier, token: string): Promise<Caller | null> {
    const identity = await oidc.identify(token);
    return identity && this.tokenUsers.callerOf(identity);
  }

  private resolve(cache: ApiKeyCache, keyHash: string): Caller | null | Promise<Caller | null> {
    const nowMs = Date.now();
    const caller = cache.find(keyHash, nowMs);
    if (caller === undefined) return cache.isUnknown(keyHash, nowMs) ? null : this.ask(keyHash);
    if (cache.isStale(keyHash, nowMs)) this.ask(keyHash).catch(() => undefined);
    this.recordUse(caller, nowMs);
    return caller;
  }

  /** Revokes a key in this process without waiting for the event. */
  revokeKey(keyId: string): void {
    this.cache.revokeById(keyId, Date.now());
  }

  /** Calls back for each key that is revoked; with null where any may have been. */
  onRevoked(listener: (keyId: string | null) => void): void {
    this.cache.onRevoked(listener);
    this.signIns.onRevoked(listener);
  }

  /** Ends a sign-in in this process without waiting for the event. */
  endSignIn(signInId: string): void {
    this.signIns.revokeById(signInId, Date.now());
  }

  private onSignInChanged({ data: { signInId, active } }: EventOf<typeof signInChanged>): void {
    if (active) this.signIns.forget(signInId);
    else this.endSignIn(signInId);
  }

  private onKeyChanged({ data: { active, principal }, time }: EventOf<typeof apiKeyChanged>): void {
    if (active) this.cache.onKeyCreated(principal, Date.parse(time), Date.now());
    else this.cache.revoke(principal.keyHash, principal.keyId, Date.now());
  }

  private ask(keyHash: string): Promise<Caller | null> {
    const joined = this.inFlight.get(keyHash);
    if (joined !== undefined) return joined;
    const asked = this.lookups.submit(keyHash).finally(() => this.inFlight.delete(keyHash));
    this.inFlight.set(keyHash, asked);
    return asked;
  }

  private async lookUp(hashes: readonly string[]): Promise<Decided<Caller | null>[]> {
    const { generation } = this;
    const { principals, signIns = [] } = await this.rpc.ask(authenticateKeys, { keyHashes: [...hashes] });
    const keys = new Map(principals.map((principal) => [principal.keyHash, principal]));
    const people = new Map(signIns.map((principal) => [principal.keyHash, principal]));
    return hashes.map((keyHash) => ({
      ok: true,
      answer:
        this.callerFor(this.cache, keyHash, keys.get(keyHash), generation) ??
        this.callerFor(this.signIns, keyHash, people.get(keyHash), generation),
    }));
  }

  private callerFor(
    cache: ApiKeyCache,
    keyHash: string,
    principal: Principal | SignInPrincipal | undefined,
    generation: number,
  ): Caller | null {
    const nowMs = Date.now();
    if (principal === undefined) {
      cache.addUnknown(keyHash, nowMs);
      return null;
    }
    if (generation !== this.generation) return callerOf(principal);
    cache.add(principal, nowMs);
    const caller = cache.find(keyHash, nowMs);
    if (caller !== undefined) this.recordUse(caller, nowMs);
    return caller ?? null;
  }

  /** Of a sign-in its own use is recorded, also where it was made with a key. */
  private recordUse({ signInId, keyId }: Caller, nowMs: number): void {
    const used = signInId ?? keyId;
    if (used !== null) this.lastUsed.record(used, nowMs);
  }
}
