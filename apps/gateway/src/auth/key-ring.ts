import type { Caller, Principal } from '#contracts';

interface Entry {
  caller: Caller;
  learnedAtMs: number;
  expiresAtMs: number;
}

export interface KeyRingLimits {
  /** Keys remembered at most; the ones learned longest ago go first. */
  keys: number;
  /** Hashes remembered to be no keys, and ended keys, each at most. */
  strangers: number;
  /** Older entries still count but are to be asked about again, in milliseconds. */
  refreshAfterMs: number;
  /** How long a hash stays known to be no key, in milliseconds. */
  strangerForMs: number;
  /** How long an ended key stays dead whatever an answer says that was under way, in milliseconds. */
  endedForMs: number;
}

export const keyRingLimits: KeyRingLimits = {
  keys: 200_000,
  strangers: 10_000,
  refreshAfterMs: 60_000,
  strangerForMs: 1_000,
  endedForMs: 60_000,
};

/** Which keys exist, as far as this process has heard. Keys are known by their hashes only. */
export class KeyRing {
  private readonly entries = new Map<string, Entry>();
  private readonly hashes = new Map<string, string>();
  private readonly strangers = new Map<string, number>();
  /** An answer that was under way when a key ended must not bring it back. */
  private readonly ended = new Map<string, number>();

  constructor(private readonly limits: KeyRingLimits = keyRingLimits) {}

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

  isStranger(hash: string, nowMs: number): boolean {
    return (this.strangers.get(hash) ?? 0) > nowMs;
  }

  /** Notes what the accounts service says of a key. A key that has ended meanwhile stays ended. */
  learn(principal: Principal, nowMs: number): void {
    if ((this.ended.get(principal.keyHash) ?? 0) > nowMs) return;
    const { keyHash, keyId } = principal;
    this.strangers.delete(keyHash);
    this.entries.delete(keyHash);
    this.entries.set(keyHash, {
      caller: callerOf(principal),
      learnedAtMs: nowMs,
      expiresAtMs: principal.expiresAt === undefined ? Infinity : Date.parse(principal.expiresAt),
    });
    this.hashes.set(keyId, keyHash);
    dropOldest(this.entries, this.limits.keys, (hash) => this.forget(hash));
  }

  learnStranger(hash: string, nowMs: number): void {
    this.forget(hash);
    this.strangers.delete(hash);
    this.strangers.set(hash, nowMs + this.limits.strangerForMs);
    dropOldest(this.strangers, this.limits.strangers, (oldest) => this.strangers.delete(oldest));
  }

  /** The key works again from here on: only keys from the environment ever come back. */
  revive(principal: Principal, nowMs: number): void {
    this.ended.delete(principal.keyHash);
    this.learn(principal, nowMs);
  }

  end(hash: string, nowMs: number): void {
    this.forget(hash);
    this.ended.delete(hash);
    this.ended.set(hash, nowMs + this.limits.endedForMs);
    dropOldest(this.ended, this.limits.strangers, (oldest) => this.ended.delete(oldest));
  }

  endKey(keyId: string, nowMs: number): void {
    const hash = this.hashes.get(keyId);
    if (hash !== undefined) this.end(hash, nowMs);
  }

  /** Forgets everything, since news may have been missed. */
  clear(): void {
    this.entries.clear();
    this.hashes.clear();
    this.strangers.clear();
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
