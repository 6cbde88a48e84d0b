import { describe, expect, it } from '@jest/globals';
import { Problem } from '#contracts';
import { isAlive, ownerFor, refuseRevoking, type ApiKeyRecord } from './api-key.js';

const now = new Date('2026-12-01T00:00:00Z');
const key: ApiKeyRecord = {
  id: 'a',
  keyHash: 'hash',
  role: 'company',
  label: 'first key',
  organizationId: null,
  companyId: 'c',
  stopId: null,
  fromEnvironment: false,
  createdAt: now,
  expiresAt: null,
  lastUsedAt: null,
  deletedAt: null,
};
const inTenYears = new Date(now.getTime() + 10 * 365 * 86_400_000);
const other = { ...key, id: 'b' };
const organizers = { ...key, role: 'organizer' as const, companyId: null, organizationId: 'o' };

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return 'done';
}

describe('revoking a key', () => {
  it.each([
    ['the only key of a company', key, [key], 'key.last'],
    ['one of two', key, [key, other], 'done'],
    ['the other one has expired', key, [key, { ...other, expiresAt: now }], 'key.last'],
    ['the other one expires later', key, [key, { ...other, expiresAt: inTenYears }], 'key.last'],
    ['one that expires, and the other one does not', { ...key, expiresAt: inTenYears }, [key, other], 'done'],
    ['one that has expired', { ...key, expiresAt: now }, [{ ...key, expiresAt: now }], 'done'],
    ["the only key of an organizer: the environment's brings it back", organizers, [organizers], 'done'],
    ['a key of the environment', { ...organizers, fromEnvironment: true }, [], 'key.from_environment'],
  ])('%s', (_what, revoked, keys, code) => {
    expect(codeOf(() => refuseRevoking(revoked, keys, false, now))).toBe(code);
  });
});

describe('a key', () => {
  it('authenticates until the instant at which it expires', () => {
    expect(isAlive({ expiresAt: null }, now)).toBe(true);
    expect(isAlive({ expiresAt: new Date(now.getTime() + 1) }, now)).toBe(true);
    expect(isAlive({ expiresAt: now }, now)).toBe(false);
  });

  it('is seen by its own company or organization, and by an admin', () => {
    expect(ownerFor({ role: 'company', keyId: 'k', companyId: 'c' })).toEqual({ companyId: 'c' });
    expect(ownerFor({ role: 'organizer', keyId: 'k', organizationId: 'o' })).toEqual({ organizationId: 'o' });
    expect(ownerFor({ role: 'admin', keyId: 'k' })).toBeNull();
  });
});
