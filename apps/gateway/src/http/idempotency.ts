import { hash } from 'node:crypto';
import { Problem, type Caller, type Idempotency } from '#contracts';

const visibleAscii = /^[\x21-\x7e]{1,255}$/;

/**
 * What makes a repeat a repeat. The input was validated, so its members stand in the order of its schema whatever
 * order they were sent in, and its text is canonical.
 * @throws Problem `request.invalid` for a key that is no key
 */
export function idempotencyOf(
  header: string,
  method: string,
  path: string,
  input: Record<string, unknown>,
  caller: Caller,
): Idempotency {
  if (!visibleAscii.test(header)) {
    const message = 'must have 1 to 255 visible ASCII characters';
    throw new Problem('request.invalid', `Idempotency-Key ${message}.`, {
      errors: [{ parameter: 'Idempotency-Key', message }],
    });
  }
  const scope =
    caller.keyId === null ? `public:${sha256(JSON.stringify(input['body'] ?? null))}` : `key:${caller.keyId}`;
  return { scope, key: header, requestHash: sha256(`${method} ${path}\n${JSON.stringify(input)}`) };
}

function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}
