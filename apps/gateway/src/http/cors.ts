import { headerList, type HeaderList } from './headers.js';

/** What a page of an allowed origin may send and read (Fetch standard, CORS protocol). */
const exposed =
  'ETag, Retry-After, X-Request-Id, Idempotency-Replayed, Content-Disposition, RateLimit, RateLimit-Policy, WWW-Authenticate';
const sendable =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Traceparent, X-Request-Id';
/** None of these identifies the caller. */
const sendableByAnybody = 'If-None-Match, Traceparent, X-Request-Id';
const maxAgeSeconds = '600';

const anyOrigin = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': exposed,
};

/** On public reads: any page may show them. Browsers send no cookies where all origins are allowed. */
export const publicReadCors = headerList(anyOrigin);

/** What a page asks before it sends the request itself. */
export interface Preflight {
  origin: string | undefined;
  /** `Access-Control-Request-Method` */
  method: string | undefined;
  /** The methods that the path has. */
  allowed: string;
  /** Whether `GET` of the path is a public read. */
  isPublicRead: boolean;
}

/** Pages of any origin read what is public; everything else is open to the listed origins alone. */
export class CorsPolicy {
  private readonly origins: ReadonlySet<string>;

  constructor(origins: readonly string[]) {
    this.origins = new Set(origins);
  }

  /** For all but public reads; nothing at all where no origin is listed. */
  headersFor(origin: string | undefined): HeaderList {
    if (this.origins.size === 0) return [];
    if (!this.isListed(origin)) return ['vary', 'Origin'];
    return [
      'vary',
      'Origin',
      'access-control-allow-origin',
      origin ?? '',
      'access-control-expose-headers',
      exposed,
    ];
  }

  preflight({ origin, method = 'GET', allowed, isPublicRead }: Preflight): HeaderList {
    const listed = this.isListed(origin);
    if (isPublicRead && (method === 'GET' || method === 'HEAD')) {
      return headerList({
        ...anyOrigin,
        vary: 'Origin, Access-Control-Request-Method',
        'access-control-allow-methods': 'GET, HEAD',
        'access-control-allow-headers': listed ? sendable : sendableByAnybody,
        'access-control-max-age': maxAgeSeconds,
      });
    }
    if (!listed) return this.headersFor(origin);
    return [
      ...this.headersFor(origin),
      'access-control-allow-methods',
      allowed,
      'access-control-allow-headers',
      sendable,
      'access-control-max-age',
      maxAgeSeconds,
    ];
  }

  private isListed(origin: string | undefined): boolean {
    return origin !== undefined && this.origins.has(origin);
  }
}
