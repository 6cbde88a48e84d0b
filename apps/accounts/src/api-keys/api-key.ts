import { formatInstant, type ApiKey, type Caller, type Principal } from '#contracts';
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
