import { hash } from 'node:crypto';
import { Problem, type Caller, type Idempotency } from '#contracts';

const visibleAscii = /^[\x21-\x7e]{1,255}$/;

/** What the hash of a request is made of. */
interface RequestIdentity {
  method: string;
  path: string;
  /** The input as JSON after validation: its members stand in the order of its schema whatever order they were sent in. */
  inputJson: string;
  /** The body's part of it. */
  body: unknown;
}

/**
 * What makes a repeat a repeat.
 * @param header the value of `Idempotency-Key`
 * @throws Problem `request.invalid` for a key that is no key
 */
export function idempotencyOf(header: string, request: RequestIdentity, caller: Caller): Idempotency {
  if (!visibleAscii.test(header)) throw invalidKey(header);
  const { method, path, inputJson, body } = request;
  const scope = scopeOf(caller) ?? `public:${sha256(JSON.stringify(body ?? null))}`;
  return { scope, key: header, requestHash: sha256(`${method} ${path}\n${inputJson}`) };
}

/** One person is a caller of its own with each of its memberships. */
function scopeOf({ userId, keyId, role, organizationId, companyId, stopId }: Caller): string | null {
  if (userId === undefined) return keyId === null ? null : `key:${keyId}`;
  return `user:${userId}:${role}:${companyId ?? stopId ?? organizationId ?? ''}`;
}

/**
 * The same for signing in: a request with the same secret as the first one, from the same browser, may repeat it. What
 * the browser was before does not matter.
 */
export function idempotencyOfSignIn(header: string, request: RequestIdentity, asking: string): Idempotency {
  const own = idempotencyOf(header, request, { role: 'public', keyId: null });
  return { ...own, scope: `sign-in:${sha256(`${asking}\n${own.scope}`)}` };
}

/** Node joins lines of a header that was sent several times by a comma and a blank, which no key has. */
function invalidKey(header: string): Problem {
  const message = header.includes(', ')
    ? 'must be sent once, without blanks'
    : 'must have 1 to 255 visible ASCII characters';
  const errors = [{ parameter: 'Idempotency-Key', message }];
  return new Problem('request.invalid', `Idempotency-Key ${message}.`, { errors });
}

function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}
