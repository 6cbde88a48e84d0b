/** The caller of a request. Its role determines which ids are set. */
export interface Caller {
  role: Role;
  /** The API key, or the door pass of a phone; `null` for a person and for the public. */
  keyId: string | null;
  organizationId?: string;
  companyId?: string;
  /** The one stop of `staff`. */
  stopId?: string;
  /** The person who is signed in. One without memberships has the role `public`. */
  userId?: string;
  /** The sign-in, where the request came with its cookie. */
  signInId?: string;
}

/** Identifies a caller: the person, else the key; `null` for the public. */
export function callerId({ userId, keyId }: Caller): string | null {
  return userId ?? keyId;
}

export const roles = ['public', 'company', 'organizer', 'staff', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Metadata that travels with every request beside its input. */
export interface Call {
  caller: Caller;
  requestId: string;
  /** When the caller stops waiting, in milliseconds since the epoch. A handler does not start after it. */
  deadlineMs: number;
  /** The version required by `If-Match`. */
  ifMatch?: number;
  idempotency?: Idempotency;
  /** W3C trace context. */
  traceparent?: string;
}

/** For 24 hours, the same scope, key and request have one effect and one answer. */
export interface Idempotency {
  /** The id of the caller's key; a hash of the body for callers without one. */
  scope: string;
  key: string;
  /** A hash of method, path and body. */
  requestHash: string;
}

/** The caller of requests that a service makes on its own behalf, not on a user's. */
export const systemCaller: Caller = { role: 'admin', keyId: null };
