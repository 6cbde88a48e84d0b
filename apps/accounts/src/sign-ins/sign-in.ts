import type { z } from 'zod';
import { formatInstant, type Caller, type NewCookie, type SignIn, type SignInPrincipal } from '#contracts';

/** A browser or a phone that is signed in. Of its token the hash is stored, never the token. */
export interface SignInRecord {
  id: string;
  tokenHash: string;
  /** Exactly one of these three says whose it is. */
  userId: string | null;
  apiKeyId: string | null;
  doorPassId: string | null;
  /** What the person acts as; `null` without memberships. */
  membershipId: string | null;
  userAgent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
}

/** Whose a new sign-in is. */
export type SignInOwner =
  | { userId: string; membershipId: string | null }
  | { apiKeyId: string; keyExpiresAt: Date | null }
  | { doorPassId: string; passExpiresAt: Date };

const hourMs = 3_600_000;
const personMs = 30 * 24 * hourMs;
const keyMs = 12 * hourMs;
/** A stop can move: the pass itself says when it ends, and the cookie outlives that for a while. */
const afterPassMs = 31 * 24 * hourMs;

/** Until when a new sign-in is good at most: 30 days, with an API key 12 hours. It ends with its key or pass. */
export function expiryOf(owner: SignInOwner, now: Date): Date {
  if ('userId' in owner) return new Date(now.getTime() + personMs);
  if ('doorPassId' in owner) return passSignInExpiry(owner.passExpiresAt);
  const end = now.getTime() + keyMs;
  return new Date(Math.min(end, owner.keyExpiresAt?.getTime() ?? end));
}

/** When a sign-in goes whose door pass ends at some time: until then the pass decides. */
export function passSignInExpiry(passExpiresAt: Date): Date {
  return new Date(passExpiresAt.getTime() + afterPassMs);
}

export function newSignIn(
  id: string,
  tokenHash: string,
  owner: SignInOwner,
  userAgent: string | null,
  now: Date,
): SignInRecord {
  return {
    id,
    tokenHash,
    userId: 'userId' in owner ? owner.userId : null,
    membershipId: 'userId' in owner ? owner.membershipId : null,
    apiKeyId: 'apiKeyId' in owner ? owner.apiKeyId : null,
    doorPassId: 'doorPassId' in owner ? owner.doorPassId : null,
    userAgent,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: expiryOf(owner, now),
    endedAt: null,
  };
}

/** The sign-in as it goes on under a new id and token, for what its person acts as now. */
export function rotated(
  signIn: SignInRecord,
  next: { id: string; tokenHash: string; membershipId: string | null },
  now: Date,
): SignInRecord {
  return { ...signIn, ...next, lastSeenAt: now };
}

/** The cookie of a sign-in, for the rest of its time. */
export function cookieOf(token: string, expiresAt: Date, now: Date): NewCookie {
  return {
    value: token,
    maxAgeSeconds: Math.max(0, Math.floor((expiresAt.getTime() - now.getTime()) / 1_000)),
  };
}

/** A live sign-in, with what it stands for now: the row of its membership, key or pass. */
export interface LiveSignIn {
  id: string;
  tokenHash: string;
  role: SignInPrincipal['role'] | null;
  organizationId: string | null;
  companyId: string | null;
  stopId: string | null;
  /** When it ends, by itself or with its key or pass. */
  expiresAt: Date;
  /** How long the cookie lasts: a pass may come to last longer. */
  cookieExpiresAt: Date;
  userId: string | null;
  madeWith: string | null;
  doorPassId: string | null;
}

/** Whom a live sign-in stands for. A door pass is no key, though a principal names it in a key's place. */
export function callerOf(signIn: LiveSignIn): Caller {
  const { role, organizationId, companyId, stopId, userId, madeWith } = signInPrincipalOf(signIn);
  return {
    role,
    keyId: signIn.doorPassId === null ? (madeWith ?? null) : null,
    signInId: signIn.id,
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(companyId === undefined ? {} : { companyId }),
    ...(stopId === undefined ? {} : { stopId }),
    ...(userId === undefined ? {} : { userId }),
  };
}

/** What a gateway learns of a sign-in when it authenticates a request. */
export function signInPrincipalOf(signIn: LiveSignIn): SignInPrincipal {
  const { organizationId, companyId, stopId, userId, madeWith } = signIn;
  return {
    keyHash: signIn.tokenHash,
    keyId: signIn.id,
    role: signIn.role ?? 'public',
    ...(organizationId === null ? {} : { organizationId }),
    ...(companyId === null ? {} : { companyId }),
    ...(stopId === null ? {} : { stopId }),
    expiresAt: formatInstant(signIn.expiresAt),
    ...(userId === null ? {} : { userId }),
    ...(madeWith === null ? {} : { madeWith }),
  };
}

/** Whose sign-ins a caller sees and ends: a person its own, a key those made with it, a phone its one. */
export type SignInScope = { userId: string } | { apiKeyId: string } | { id: string };

export function scopeFor({ userId, keyId, signInId, role }: Caller): SignInScope | null {
  if (userId !== undefined) return { userId };
  if (role === 'staff' && signInId !== undefined) return { id: signInId };
  return keyId === null ? null : { apiKeyId: keyId };
}

/** Whether a caller may end a sign-in. */
export function isOwn(caller: Caller, signIn: Pick<SignInRecord, 'id' | 'userId' | 'apiKeyId'>): boolean {
  const scope = scopeFor(caller);
  if (scope === null) return false;
  if ('userId' in scope) return signIn.userId === scope.userId;
  return 'id' in scope ? signIn.id === scope.id : signIn.apiKeyId === scope.apiKeyId;
}

export function presentSignIn(signIn: SignInRecord, current: string | undefined): z.output<typeof SignIn> {
  const { id, createdAt, lastSeenAt, userAgent } = signIn;
  return {
    id,
    createdAt: formatInstant(createdAt),
    lastSeenAt: formatInstant(lastSeenAt),
    userAgent,
    current: id === current,
  };
}
