/** Who calls. Which of the ids are set follows from the role. */
export interface Caller {
  role: Role;
  /** `null` for the public. */
  keyId: string | null;
  organizationId?: string;
  companyId?: string;
  /** The one stop of a `staff` key. */
  stopId?: string;
}

export const roles = ['public', 'company', 'organizer', 'staff', 'admin'] as const;
export type Role = (typeof roles)[number];

/** What travels with every request besides its input. */
export interface Call {
  caller: Caller;
  requestId: string;
  /** When the caller gives up, in milliseconds since the epoch; a handler does not begin after it. */
  deadlineMs: number;
  /** The version that `If-Match` demands. */
  ifMatch?: number;
  idempotency?: Idempotency;
  /** W3C trace context. */
  traceparent?: string;
}

/** Same scope, key and request → one effect and one answer for 24 hours. */
export interface Idempotency {
  /** The caller: its key, or for callers without one a hash of the body. */
  scope: string;
  key: string;
  /** A hash of method, path and body. */
  requestHash: string;
}

/** The caller of requests that a service makes on its own behalf. */
export const systemCaller: Caller = { role: 'admin', keyId: null };
