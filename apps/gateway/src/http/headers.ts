/** Header names and values in turn, as Node's `writeHead` takes them without looking for doubles. */
export type HeaderList = readonly string[];

export function headerList(headers: Readonly<Record<string, string>>): HeaderList {
  return Object.entries(headers).flat();
}

/** On every response. Responses are data: no page may be made of them, framed, or guessed to be of another type. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

/** For responses that left a proxy in front over TLS. */
export const strictTransport = headerList({ 'strict-transport-security': 'max-age=31536000' });

/** For private responses and all problems. */
export const notStored = { 'cache-control': 'no-store' } as const;

export const jsonType = 'application/json; charset=utf-8';
