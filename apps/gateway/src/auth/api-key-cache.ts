import { LRUCache } from 'lru-cache';
import type { Caller, Principal, SignInPrincipal } from '#contracts';

interface Entry {
  /** Of the key or the sign-in. */
  id: string;
  caller: Caller;
  addedAtMs: number;
  expiresAtMs: number;
}

export interface ApiKeyCacheLimits {
  maxKeys: number;
  /** For the negative cache and for revoked keys, each. */
  maxUnknown: number;
  /** Older entries still count but are to be looked up again. */
  refreshAfterMs: number;
  /** How long a hash stays in the negative cache. */
  unknownTtlMs: number;
  /** How long a revoked key stays revoked whatever late answers and events say. */
  revokedTtlMs: number;
  /** An older key-created event adds nothing: the key is looked up when it is used. Well below `revokedTtlMs`. */
  maxEventAgeMs: number;
}

export const apiKeyCacheLimits: ApiKeyCacheLimits = {
  maxKeys: 200_000,
  maxUnknown: 10_000,
  refreshAfterMs: 600_000,
  unknownTtlMs: 1_000,
  revokedTtlMs: 60_000,
  maxEventAgeMs: 20_000,
};

/** Which API keys exist, as far as this process knows, or which sign-ins. It knows them by their hashes only. */
export class ApiKeyCache {
  private readonly entries: LRUCache<string, Entry>;
  private readonly hashes = new Map<string, string>();
  /** The negative cache: hashes that belong to no key, and until when that is believed. */
  private readonly unknown: LRUCache<string, number>;
  /** By id, since a key is revoked once for all: an answer or event that was under way must not bring it back. */
  private readonly revoked: LRUCache<string, number>;

  private readonly revocationListeners: ((keyId: string | null) => void)[] = [];

  constructor(private readonly limits: ApiKeyCacheLimits = apiKeyCacheLimits) {
    this.entries = new LRUCache({
      // Counted as sizes: with `max` the cache takes the memory of all its entries at once.
      maxSize: limits.maxKeys,
      sizeCalculation: () => 1,
      dispose: ({ id }) => this.hashes.delete(id),
    });
    this.unknown = new LRUCache({ max: limits.maxUnknown });
    this.revoked = new LRUCache({ max: limits.maxUnknown });
  }

  find(hash: string, nowMs: number): Caller | undefined {
    const entry = this.entries.get(hash);
    if (entry === undefined || entry.expiresAtMs > nowMs) return entry?.caller;
    this.entries.delete(hash);
    return undefined;
  }

  isStale(hash: string, nowMs: number): boolean {
    const entry = this.entries.peek(hash);
    return entry !== undefined && nowMs - entry.addedAtMs > this.limits.refreshAfterMs;
  }

  isUnknown(hash: string, nowMs: number): boolean {
    return (this.unknown.get(hash) ?? 0) > nowMs;
  }

  /** Adds a key as accounts described it, unless it was revoked meanwhile. */
  add(principal: Principal | SignInPrincipal, nowMs: number): void {
    const { keyHash, keyId } = principal;
    if ((this.revoked.get(keyId) ?? 0) > nowMs) return;
    this.unknown.delete(keyHash);
    // Deleted first, so that the index of ids keeps no trace of another key that had this hash.
    this.entries.delete(keyHash);
    this.entries.set(keyHash, {
      id: keyId,
      caller: callerOf(principal),
      addedAtMs: nowMs,
      expiresAtMs: principal.expiresAt === undefined ? Infinity : Date.parse(principal.expiresAt),
    });
    this.hashes.set(keyId, keyHash);
  }

  addUnknown(hash: string, nowMs: number): void {
    this.entries.delete(hash);
    this.unknown.set(hash, nowMs + this.limits.unknownTtlMs);
  }

  /** Handles a key-created event, which may arrive late or be redelivered after the key was revoked. */
  onKeyCreated(principal: Principal, createdAtMs: number, nowMs: number): void {
    this.unknown.delete(principal.keyHash);
    if (nowMs - createdAtMs < this.limits.maxEventAgeMs) this.add(principal, nowMs);
  }

  /** Calls back for each key that is revoked; with null where any may have been revoked unseen. */
  onRevoked(listener: (keyId: string | null) => void): void {
    this.revocationListeners.push(listener);
  }

  /** The hash may belong to another key by now: a value of the environment that came back has a new id. */
  revoke(keyHash: string, keyId: string, nowMs: number): void {
    if (this.entries.peek(keyHash)?.id === keyId) this.entries.delete(keyHash);
    this.revoked.set(keyId, nowMs + this.limits.revokedTtlMs);
    for (const listener of this.revocationListeners) listener(keyId);
  }

  revokeById(keyId: string, nowMs: number): void {
    this.revoked.set(keyId, nowMs + this.limits.revokedTtlMs);
    this.forget(keyId);
  }

  /** Has it looked up again when it is used: what it may do has changed. What it has open ends as well. */
  forget(keyId: string): void {
    const hash = this.hashes.get(keyId);
    if (hash !== undefined) this.entries.delete(hash);
    for (const listener of this.revocationListeners) listener(keyId);
  }

  /** Forgets everything, since events may have been missed. */
  clear(): void {
    this.entries.clear();
    this.unknown.clear();
    for (const listener of this.revocationListeners) listener(null);
  }
}

/** The sign-ins of people and phones, known and ended in the same way. */
export class SignInCache extends ApiKeyCache {}

/** The caller that a key or a sign-in stands for; it travels with every request, without the hash. */
export function callerOf(principal: Principal | SignInPrincipal): Caller {
  const { role, keyId, organizationId, companyId, stopId } = principal;
  return {
    role,
    ...(isSignIn(principal) ? signedIn(principal) : { keyId }),
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(companyId === undefined ? {} : { companyId }),
    ...(stopId === undefined ? {} : { stopId }),
  };
}

function signedIn({
  keyId,
  userId,
  madeWith,
}: SignInPrincipal): Pick<Caller, 'keyId' | 'userId' | 'signInId'> {
  return { keyId: madeWith ?? null, signInId: keyId, ...(userId === undefined ? {} : { userId }) };
}

/** A sign-in is of a person, or was made with a key or a pass. */
function isSignIn(principal: Principal | SignInPrincipal): principal is SignInPrincipal {
  return 'userId' in principal || 'madeWith' in principal;
}
