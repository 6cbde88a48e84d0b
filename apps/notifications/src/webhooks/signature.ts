import { createHmac } from 'node:crypto';

/**
 * The headers of a signed message, as Standard Webhooks 1.0.0 has them (github.com/standard-webhooks/standard-webhooks):
 * `v1` is HMAC-SHA-256 over `id.timestamp.body`; several signatures stand with a space between.
 * @param secrets each `whsec_` and base64
 */
export function signedHeaders(
  secrets: readonly string[],
  { id, at, body }: { id: string; at: Date; body: string },
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
