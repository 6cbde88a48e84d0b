import { Problem, formatInstant, type ApiKey, type Caller, type Principal } from '#contracts';
import type { z } from 'zod';

/** A key as it is stored: its hash, never the key itself. */
export interface ApiKeyRecord {
  id: string;
  keyHash: string;
  role: Principal['role'];
  label: string;
  organizationId: string | null;
  companyId: string | null;
  stopId: string | null;
  fromEnvironment: boolean;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  deletedAt: Date | null;
}

/** The company or organization whose keys a caller may see and revoke; `null` for an admin, which may for all. */
export type KeyOwner = { companyId: string } | { organizationId: string } | null;

export function ownerFor(caller: Caller): KeyOwner {
  if (caller.role === 'admin') return null;
  return caller.role === 'company'
    ? { companyId: caller.companyId ?? '' }
    : { organizationId: caller.organizationId ?? '' };
}

/** Whether a key that was not revoked still authenticates. */
export function isAlive(key: Pick<ApiKeyRecord, 'expiresAt'>, now: Date): boolean {
  return key.expiresAt === null || key.expiresAt > now;
}

/**
 * Throws `key.from_environment` for a key that the next start would bring back, and `key.last` for the only way in that
 * a company has. A key that expires is no way in that lasts, however far off its end is.
 * @param keys all keys of the same company that were not revoked, the key itself among them
 * @param hasMember whether a person has joined the company, who gets in without a key
 */
export function refuseRevoking(
  key: ApiKeyRecord,
  keys: readonly ApiKeyRecord[],
  hasMember: boolean,
  now: Date,
): void {
  if (key.fromEnvironment) {
    throw new Problem(
      'key.from_environment',
      'Change the environment of the installation to revoke this key.',
    );
  }
  if (key.companyId === null || hasMember || !isAlive(key, now)) return;
  const others = keys.filter((one) => one.id !== key.id && one.expiresAt === null);
  if (others.length > 0) return;
  throw new Problem(
    'key.last',
    'This is the only way in that the company has. Make another key, or let a person join, first.',
  );
}

/** What the gateway learns of a key when it authenticates a request. */
export function principalOf(key: ApiKeyRecord): Principal {
  return {
    keyHash: key.keyHash,
    keyId: key.id,
    role: key.role,
    ...(key.organizationId === null ? {} : { organizationId: key.organizationId }),
    ...(key.companyId === null ? {} : { companyId: key.companyId }),
    ...(key.stopId === null ? {} : { stopId: key.stopId }),
    ...(key.expiresAt === null ? {} : { expiresAt: formatInstant(key.expiresAt) }),
  };
}

/** The key as lists show it. */
export function presentApiKey(key: ApiKeyRecord): z.output<typeof ApiKey> {
  const { id, role, label, organizationId, companyId, stopId } = key;
  return {
    id,
    role,
    label,
    organizationId,
    companyId,
    stopId,
    createdAt: formatInstant(key.createdAt),
    expiresAt: formatOptional(key.expiresAt),
    lastUsedAt: formatOptional(key.lastUsedAt),
  };
}

export function formatOptional(time: Date | null): string | null {
  return time && formatInstant(time);
}
