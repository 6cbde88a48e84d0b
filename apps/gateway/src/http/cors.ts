/** What a page of an allowed origin may send and read (Fetch standard, CORS protocol). */
const exposed =
  'ETag, Retry-After, X-Request-Id, Idempotency-Replayed, Content-Disposition, RateLimit, RateLimit-Policy, WWW-Authenticate';
const sendable =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Traceparent, X-Request-Id';

/** Lets pages of the listed origins call, and nobody else's; with an empty list no header is sent at all. */
export class CorsPolicy {
  private readonly origins: ReadonlySet<string>;

  constructor(origins: readonly string[]) {
    this.origins = new Set(origins);
  }

  headersFor(origin: string | undefined): Record<string, string> | undefined {
    if (this.origins.size === 0) return undefined;
    if (origin === undefined || !this.origins.has(origin)) return { vary: 'Origin' };
    return {
      vary: 'Origin',
      'access-control-allow-origin': origin,
      'access-control-expose-headers': exposed,
    };
  }

  preflight(origin: string | undefined, methods: string): Record<string, string> {
    if (origin === undefined || !this.origins.has(origin)) return {};
    return {
      'access-control-allow-methods': methods,
      'access-control-allow-headers': sendable,
      'access-control-max-age': '600',
    };
  }
}
