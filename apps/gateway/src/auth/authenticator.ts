import { hash } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { apiKeyChanged, authenticateKeys, type Caller, type EventOf, type Principal } from '#contracts';
import { Broker, Rpc, subscribe } from '#messaging';
import { CommandQueue, type Decided } from '#persistence';
import { CONFIG, LOGGER, type Logger } from '#service';
import { oidcSettings, type GatewayConfig } from '../config.js';
import { ApiKeyCache, callerOf } from './api-key-cache.js';
import { LastUsedRecorder } from './last-used-recorder.js';
import { OidcVerifier, looksLikeJwt } from './oidc.js';

/** Hashes in one request to accounts; its contract takes no more. */
const maxBatch = 1_000;
/** Lookups that wait at most; the next are refused at once. */
const maxWaiting = 20_000;

/**
 * Finds out who calls. Keys come from memory; unknown ones are looked up together: what arrives while one request is in
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
    });
    await subscribe(
      this.broker,
      apiKeyChanged.subject,
      (event) => this.onKeyChanged(event as EventOf<typeof apiKeyChanged>),
      (error) => this.logger.warn({ err: error }, 'unreadable API key event'),
    );
  }

  /** @returns the caller; `null` for a key that does not exist; a promise where accounts must be asked first */
  identify(apiKey: string): Caller | null | Promise<Caller | null> {
    if (this.oidc !== undefined && looksLikeJwt(apiKey)) return this.oidc.identify(apiKey);
    const keyHash = hash('sha256', apiKey, 'base64url');
    const nowMs = Date.now();
    const caller = this.cache.find(keyHash, nowMs);
    if (caller === undefined) return this.cache.isUnknown(keyHash, nowMs) ? null : this.ask(keyHash);
    if (this.cache.isStale(keyHash, nowMs)) this.ask(keyHash).catch(() => undefined);
    if (caller.keyId !== null) this.lastUsed.record(caller.keyId, nowMs);
    return caller;
  }

  /** Revokes a key in this process without waiting for the event. */
  revokeKey(keyId: string): void {
    this.cache.revokeById(keyId, Date.now());
  }

  /** Calls back for each key that is revoked; with null where any may have been. */
  onRevoked(listener: (keyId: string | null) => void): void {
    this.cache.onRevoked(listener);
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
    const { principals } = await this.rpc.ask(authenticateKeys, { keyHashes: [...hashes] });
    const found = new Map(principals.map((principal) => [principal.keyHash, principal]));
    return hashes.map((keyHash) => ({
      ok: true,
      answer: this.callerFor(keyHash, found.get(keyHash), generation),
    }));
  }

  private callerFor(keyHash: string, principal: Principal | undefined, generation: number): Caller | null {
    const nowMs = Date.now();
    if (principal === undefined) {
      this.cache.addUnknown(keyHash, nowMs);
      return null;
    }
    if (generation !== this.generation) return callerOf(principal);
    this.cache.add(principal, nowMs);
    const caller = this.cache.find(keyHash, nowMs);
    if (typeof caller?.keyId === 'string') this.lastUsed.record(caller.keyId, nowMs);
    return caller ?? null;
  }
}
