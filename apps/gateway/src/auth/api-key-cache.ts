import type { Caller, Principal } from '#contracts';

interface Entry {
  caller: Caller;
  learnedAtMs: number;
  expiresAtMs: number;
}

export interface ApiKeyCacheLimits {
  /** Keys remembered at most; the ones learned longest ago go first. */
  maxKeys: number;
  /** Hashes remembered to be no keys, and ids of ended keys, each at most. */
  maxUnknown: number;
  /** Older entries still count but are to be asked about again, in milliseconds. */
  refreshAfterMs: number;
  /** How long a hash stays known to be no key, in milliseconds. */
  unknownTtlMs: number;
  /** How long an ended key stays dead whatever is said that was under way, in milliseconds. */
  revokedTtlMs: number;
  /** Older news of a new key teach nothing: it is asked for when it is used. Well below the time above, in milliseconds. */
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

/** Which keys exist, as far as this process has heard. Keys are known by their hashes only. */
export class ApiKeyCache {
  private readonly entries = new Map<string, Entry>();
  private readonly hashes = new Map<string, string>();
  private readonly unknown = new Map<string, number>();
  /** By id, since a key ends once for all: neither an answer nor an event that was under way must bring it back. */
  private readonly revoked = new Map<string, number>();

  constructor(private readonly limits: ApiKeyCacheLimits = apiKeyCacheLimits) {}

  find(hash: string, nowMs: number): Caller | undefined {
    const entry = this.entries.get(hash);
    if (entry === undefined || entry.expiresAtMs > nowMs) return entry?.caller;
    this.forget(hash);
    return undefined;
  }

  isStale(hash: string, nowMs: number): boolean {
    const entry = this.entries.get(hash);
    return entry !== undefined && nowMs - entry.learnedAtMs > this.limits.refreshAfterMs;
  }

  isUnknown(hash: string, nowMs: number): boolean {
    return (this.unknown.get(hash) ?? 0) > nowMs;
  }

  /** Notes what the accounts service says of a key. A key that has ended meanwhile stays ended. */
  add(principal: Principal, nowMs: number): void {
    const { keyHash, keyId } = principal;
    if ((this.revoked.get(keyId) ?? 0) > nowMs) return;
    this.unknown.delete(keyHash);
    this.entries.delete(keyHash);
    this.entries.set(keyHash, {
      caller: callerOf(principal),
      learnedAtMs: nowMs,
      expiresAtMs: principal.expiresAt === undefined ? Infinity : Date.parse(principal.expiresAt),
    });
    this.hashes.set(keyId, keyHash);
    dropOldest(this.entries, this.limits.maxKeys, (hash) => this.forget(hash));
  }

  addUnknown(hash: string, nowMs: number): void {
    this.forget(hash);
    this.unknown.delete(hash);
    this.unknown.set(hash, nowMs + this.limits.unknownTtlMs);
    dropOldest(this.unknown, this.limits.maxUnknown, (oldest) => this.unknown.delete(oldest));
  }

  /** What an event says of a new key; events can be late, and be told again long after the key ended. */
  onKeyCreated(principal: Principal, saidAtMs: number, nowMs: number): void {
    this.unknown.delete(principal.keyHash);
    if (nowMs - saidAtMs < this.limits.maxEventAgeMs) this.add(principal, nowMs);
  }

  /** The hash may belong to another key by now: a value of the environment that came back has a new id. */
  revoke(keyHash: string, keyId: string | undefined, nowMs: number): void {
    const known = this.entries.get(keyHash)?.caller.keyId ?? undefined;
    const id = keyId ?? known;
    if (id === undefined) return;
    if (id === known) this.forget(keyHash);
    this.revoked.delete(id);
    this.revoked.set(id, nowMs + this.limits.revokedTtlMs);
    dropOldest(this.revoked, this.limits.maxUnknown, (oldest) => this.revoked.delete(oldest));
  }

  revokeById(keyId: string, nowMs: number): void {
    const hash = this.hashes.get(keyId);
    if (hash !== undefined) this.revoke(hash, keyId, nowMs);
  }

  /** Forgets everything, since news may have been missed. */
  clear(): void {
    this.entries.clear();
    this.hashes.clear();
    this.unknown.clear();
  }

  private forget(hash: string): void {
    const entry = this.entries.get(hash);
    if (entry === undefined) return;
    this.entries.delete(hash);
    if (entry.caller.keyId !== null) this.hashes.delete(entry.caller.keyId);
  }
}

/** The caller that a key stands for; it travels with every request, without the hash. */
export function callerOf({ role, keyId, organizationId, companyId, stopId }: Principal): Caller {
  return {
    role,
    keyId,
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(companyId === undefined ? {} : { companyId }),
    ...(stopId === undefined ? {} : { stopId }),
  };
}

function dropOldest(kept: Map<string, unknown>, limit: number, drop: (oldest: string) => void): void {
  if (kept.size <= limit) return;
  for (const oldest of kept.keys()) {
    drop(oldest);
    return;
  }
}
