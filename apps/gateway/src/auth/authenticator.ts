import { hash } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import {
  Problem,
  apiKeyChanged,
  authenticateKeys,
  type Caller,
  type EventOf,
  type Principal,
} from '#contracts';
import { Broker, Rpc, subscribe } from '#messaging';
import { CONFIG, LOGGER, type Logger } from '#service';
import { oidcSettings, type GatewayConfig } from '../config.js';
import { RevocationPoller } from './revocation-poller.js';
import { ApiKeyCache, callerOf } from './api-key-cache.js';
import { LastUsedRecorder } from './last-used-recorder.js';
import { Oidc, looksLikeJwt } from './oidc.js';

/** Hashes in one question to accounts at most; its contract takes no more. */
const batchLimit = 1_000;
/** Callers waiting to be known at most; beyond it they are sent away at once. */
const waitingLimit = 20_000;

interface Question {
  answer: Promise<Caller | null>;
  resolve: (caller: Caller | null) => void;
  reject: (error: unknown) => void;
}

/**
 * Finds out who calls. Keys come from memory; those never seen are asked for together: what arrives while
 * one question is under way goes with the next, so that a rush of new callers costs a few round trips and not one each.
 */
@Injectable()
export class Authenticator implements OnModuleInit, OnModuleDestroy {
  private readonly cache = new ApiKeyCache();
  private readonly revocations: RevocationPoller;
  private readonly lastUsed: LastUsedRecorder;
  private readonly oidc: Oidc | undefined;
  private waiting = new Map<string, Question>();
  private asking = false;
  /** Rises whenever the ring is emptied: answers from before it may be out of date. */
  private generation = 0;

  constructor(
    @Inject(Broker) private readonly broker: Broker,
    @Inject(Rpc) private readonly rpc: Rpc,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.revocations = new RevocationPoller(rpc, this.cache);
    this.lastUsed = new LastUsedRecorder(rpc);
    const settings = oidcSettings(config);
    this.oidc = settings && new Oidc(settings);
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
      (error) => this.logger.warn({ err: error }, 'a key event could not be read'),
    );
    this.revocations.start();
    this.lastUsed.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.revocations.stop();
    await this.lastUsed.stop();
  }

  /** @returns the caller; `null` for a key that does not exist; a promise where accounts must be asked first */
  identify(apiKey: string): Caller | null | Promise<Caller | null> {
    if (this.oidc !== undefined && looksLikeJwt(apiKey)) return this.oidc.identify(apiKey);
    const keyHash = hash('sha256', apiKey, 'base64url');
    const now = Date.now();
    const caller = this.cache.find(keyHash, now);
    if (caller === undefined) return this.cache.isUnknown(keyHash, now) ? null : this.ask(keyHash);
    if (this.cache.isStale(keyHash, now)) this.ask(keyHash).catch(() => undefined);
    if (caller.keyId !== null) this.lastUsed.record(caller.keyId, now);
    return caller;
  }

  /** Ends a key in this process without waiting for the event. */
  revokeKey(keyId: string): void {
    this.cache.revokeById(keyId, Date.now());
  }

  private onKeyChanged({ data: { active, principal }, time }: EventOf<typeof apiKeyChanged>): void {
    if (active) this.cache.onKeyCreated(principal, Date.parse(time), Date.now());
    else this.cache.revoke(principal.keyHash, principal.keyId, Date.now());
  }

  private ask(hash: string): Promise<Caller | null> {
    const known = this.waiting.get(hash);
    if (known !== undefined) return known.answer;
    if (this.waiting.size >= waitingLimit) return Promise.reject(tooManyUnknownKeys());
    const question = newQuestion();
    this.waiting.set(hash, question);
    void this.askAll();
    return question.answer;
  }

  private async askAll(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    while (this.waiting.size > 0) await this.askBatch(this.takeBatch());
    this.asking = false;
  }

  private takeBatch(): Map<string, Question> {
    const batch = new Map([...this.waiting].slice(0, batchLimit));
    for (const hash of batch.keys()) this.waiting.delete(hash);
    return batch;
  }

  private async askBatch(batch: Map<string, Question>): Promise<void> {
    const { generation } = this;
    try {
      const { principals } = await this.rpc.ask(authenticateKeys, { keyHashes: [...batch.keys()] });
      const found = new Map(principals.map((principal) => [principal.keyHash, principal]));
      for (const [hash, question] of batch)
        question.resolve(this.callerFor(hash, found.get(hash), generation));
    } catch (error) {
      for (const question of batch.values()) question.reject(error);
    }
  }

  private callerFor(hash: string, principal: Principal | undefined, era: number): Caller | null {
    const now = Date.now();
    if (principal === undefined) {
      this.cache.addUnknown(hash, now);
      return null;
    }
    if (era !== this.generation) return callerOf(principal);
    this.cache.add(principal, now);
    const caller = this.cache.find(hash, now);
    if (typeof caller?.keyId === 'string') this.lastUsed.record(caller.keyId, now);
    return caller ?? null;
  }
}

function newQuestion(): Question {
  let resolve: Question['resolve'] = () => undefined;
  let reject: Question['reject'] = () => undefined;
  const answer = new Promise<Caller | null>((onAnswer, onError) => {
    resolve = onAnswer;
    reject = onError;
  });
  return { answer, resolve, reject };
}

function tooManyUnknownKeys(): Problem {
  return new Problem('service.unavailable', 'Too many new callers arrive at once. Try again in a moment.', {
    retryAfterSeconds: 1,
  });
}
