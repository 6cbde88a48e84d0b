import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** The key of a secret, `whsec_` and base64. Made once and used often: Node takes much longer for a key in bytes. */
export function signingKey(secret: string): KeyObject {
  return createSecretKey(Buffer.from(secret.slice('whsec_'.length), 'base64'));
}

/**
 * The headers of a signed message, as Standard Webhooks 1.0.0 has them (github.com/standard-webhooks/standard-webhooks):
 * `v1` is HMAC-SHA-256 over `id.timestamp.body`; several signatures stand with a space between.
 */
export function signedHeaders(
  keys: readonly KeyObject[],
  { id, at, body }: { id: string; at: Date; body: string },
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signed = `${id}.${timestamp}.${body}`;
  const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
