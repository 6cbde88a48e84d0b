/** On every answer. Answers are data: no page may be made of them, framed, or guessed to be of another type. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

/** For answers that left a proxy in front over TLS. */
export const strictTransport = { 'strict-transport-security': 'max-age=31536000' } as const;

/** For private answers and all refusals. */
export const notStored = { 'cache-control': 'no-store' } as const;
