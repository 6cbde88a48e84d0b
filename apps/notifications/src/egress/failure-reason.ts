import { RefusedUrl } from './receiver-url.js';

/** Why no answer came, in words for the owner: no address, no internals. */
export function failureReason(error: unknown): string {
  if (error instanceof RefusedUrl) return `The URL ${error.message}.`;
  const { code, name } = error as { code?: string; name?: string };
  if (name === 'TimeoutError' || code?.endsWith('_TIMEOUT') === true)
    return 'No whole answer came within 15 seconds.';
  if (code === 'ECONNREFUSED') return 'The connection was refused.';
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return 'The answer is larger than 16 KiB.';
  if (code !== undefined && /CERT|SSL|TLS/.test(code)) return `The TLS connection failed (${code}).`;
  return `The connection failed (${code ?? name ?? 'unknown'}).`;
}
