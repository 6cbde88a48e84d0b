import { describe, expect, it } from '@jest/globals';
import type { Principal } from '#contracts';
import { ApiKeyCache } from './api-key-cache.js';

const limits = {
  maxKeys: 3,
  maxUnknown: 2,
  refreshAfterMs: 60_000,
  unknownTtlMs: 1_000,
  revokedTtlMs: 60_000,
  maxEventAgeMs: 20_000,
};
const principal = (name: string): Principal => ({
  keyHash: `hash-${name}`,
  keyId: name,
  role: 'company',
  companyId: name,
});

describe('KeyRing', () => {
  it('knows a key by its hash, without handing the hash on', () => {
    const ring = new ApiKeyCache(limits);
    ring.add(principal('a'), 0);
    expect(ring.find('hash-a', 2)).toEqual({ keyId: 'a', role: 'company', companyId: 'a' });
    expect([ring.isStale('hash-a', 60_000), ring.isStale('hash-a', 60_001)]).toEqual([false, true]);
  });

  it('keeps an ended key ended, whatever a late answer or event says', () => {
    const ring = new ApiKeyCache(limits);
    ring.add(principal('a'), 0);
    ring.revoke('hash-a', 'a', 0);
    ring.add(principal('a'), 1);
    ring.onKeyCreated(principal('a'), 1, 2);
    expect(ring.find('hash-a', 3)).toBeUndefined();
  });

  it('keeps a key ended of whose beginning it hears after its end', () => {
    const ring = new ApiKeyCache(limits);
    ring.revoke('hash-a', 'a', 5);
    ring.onKeyCreated(principal('a'), 0, 6);
    expect(ring.find('hash-a', 7)).toBeUndefined();
  });

  it('ignores an event that is redelivered long after', () => {
    const ring = new ApiKeyCache(limits);
    ring.onKeyCreated(principal('a'), 0, 20_000);
    expect(ring.find('hash-a', 20_000)).toBeUndefined();
    ring.onKeyCreated(principal('a'), 1, 20_000);
    expect(ring.find('hash-a', 20_000)).toBeDefined();
  });

  it('lets a value come back under a new id, and no late end of the old one touch it', () => {
    const ring = new ApiKeyCache(limits);
    const again = { ...principal('again'), keyHash: 'hash-a' };
    ring.add(principal('a'), 0);
    ring.revoke('hash-a', 'a', 1);
    ring.onKeyCreated(again, 2, 2);
    ring.revoke('hash-a', 'a', 3);
    expect(ring.find('hash-a', 4)).toMatchObject({ keyId: 'again' });
    ring.revoke('hash-a', 'again', 5);
    expect(ring.find('hash-a', 6)).toBeUndefined();
  });

  it('believes in a key again after a while, when accounts says that it exists and the event of it was lost', () => {
    const ring = new ApiKeyCache(limits);
    ring.revoke('hash-a', 'a', 0);
    ring.add(principal('a'), 59_999);
    expect(ring.find('hash-a', 59_999)).toBeUndefined();
    ring.add(principal('a'), 300_000);
    expect(ring.find('hash-a', 60_000)).toBeDefined();
  });

  it('lets a key go at its end, to the millisecond', () => {
    const ring = new ApiKeyCache(limits);
    ring.add({ ...principal('a'), expiresAt: new Date(5_000).toISOString() }, 0);
    expect([ring.find('hash-a', 4_999) !== undefined, ring.find('hash-a', 5_000)]).toEqual([true, undefined]);
  });

  it('ends a key by its id', () => {
    const ring = new ApiKeyCache(limits);
    ring.add(principal('a'), 0);
    ring.revokeById('a', 0);
    ring.revokeById('nobody', 0);
    expect(ring.find('hash-a', 2)).toBeUndefined();
  });

  it('forgets the key learned longest ago when there are too many', () => {
    const ring = new ApiKeyCache(limits);
    for (const name of ['a', 'b', 'c']) ring.add(principal(name), 0);
    ring.add(principal('a'), 1);
    ring.add(principal('d'), 2);
    expect(['a', 'b', 'c', 'd'].map((name) => ring.find(`hash-${name}`, 3) !== undefined)).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it('remembers strangers for a second, and not when they turn out to be keys', () => {
    const ring = new ApiKeyCache(limits);
    ring.addUnknown('hash-a', 0);
    expect([ring.isUnknown('hash-a', 999), ring.isUnknown('hash-a', 1_000)]).toEqual([true, false]);
    ring.addUnknown('hash-a', 0);
    ring.add(principal('a'), 1);
    expect(ring.isUnknown('hash-a', 2)).toBe(false);
    for (const name of ['x', 'y', 'z']) ring.addUnknown(name, 0);
    expect(['x', 'y', 'z'].map((name) => ring.isUnknown(name, 1))).toEqual([false, true, true]);
  });
});
