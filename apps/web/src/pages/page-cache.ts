import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';

const gzipped = promisify(gzip);
const gzipLevel = 6;

/** A page as it is sent. */
export interface SentPage {
  readonly status: number;
  readonly html: Buffer;
  readonly gzip: Buffer;
  readonly etag: string;
  readonly policy: string;
  readonly isStale: boolean;
}

interface Entry {
  readonly page: SentPage;
  /** What it was made from: with the same, it would be the same. */
  readonly basis: string;
  checkedAtMs: number;
}

/** A page older than this is not shown before the API was asked again; the API is no fresher either. */
const freshMs = 1_000;
/** From this age on it is asked beside, so that readers of a page that many read don't wait for that. */
const agingMs = 700;
const maxBytes = 32 * 1024 * 1024;

/** The pages as they were last sent. */
export class PageCache {
  private readonly entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    sizeCalculation: ({ page }) => page.html.length + page.gzip.length + 1,
  });

  findFresh(key: string, nowMs: number): { page: SentPage; isAging: boolean } | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    const ageMs = nowMs - entry.checkedAtMs;
    return ageMs < freshMs ? { page: entry.page, isAging: ageMs >= agingMs } : undefined;
  }

  /** The page that was made from the same, which then counts as fresh again. */
  findSame(key: string, basis: string, nowMs: number): SentPage | undefined {
    const entry = this.entries.get(key);
    if (entry?.basis !== basis) return undefined;
    entry.checkedAtMs = nowMs;
    return entry.page;
  }

  keep(key: string, basis: string, page: SentPage, nowMs: number): void {
    this.entries.set(key, { page, basis, checkedAtMs: nowMs });
  }
}

export async function sentPage(
  text: string,
  { status, policy, isStale }: Pick<SentPage, 'status' | 'policy' | 'isStale'>,
): Promise<SentPage> {
  const html = Buffer.from(text);
  return {
    status,
    html,
    gzip: await gzipped(html, { level: gzipLevel }),
    etag: `W/"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`,
    policy,
    isStale,
  };
}
