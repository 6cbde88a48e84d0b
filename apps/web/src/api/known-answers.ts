import { LRUCache } from 'lru-cache';

/** The latest answer of the API to one path. */
export interface KnownAnswer {
  /** `undefined` for 404: it does not exist, or is not public. */
  readonly value: unknown;
  readonly etag: string;
  /** When the API last said so, by the clock. */
  readonly asOfMs: number;
}

/** The API answered neither with the thing nor that it does not exist, and nothing is known from before. */
export class ApiUnavailable extends Error {
  override readonly name = 'ApiUnavailable';
}

/** Asks the API. @param etag of the answer that is known; `null` comes back where that still holds */
export type AskApi = (path: string, etag: string | undefined, reader: string) => Promise<KnownAnswer | null>;

/** An answer this young is used without asking again, like the API's own caches do. */
const freshMs = 1_000;
/** While the API is away, it is asked for one path this often at most: readers don't wait for it each time. */
const retryMs = 2_000;
const maxAnswers = 2_000;
const maxAgeMs = 24 * 3_600_000;

interface Entry {
  answer: KnownAnswer;
  askedAtMs: number;
  stale: boolean;
}

/**
 * What the API has said, kept so that many readers cost one request, and so that pages show what is known while a
 * service is away.
 */
export class KnownAnswers {
  private readonly entries = new LRUCache<string, Entry>({ max: maxAnswers, ttl: maxAgeMs });
  private readonly inFlight = new Map<string, Promise<Entry>>();

  constructor(
    private readonly ask: AskApi,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * @param reader the address of who wants to know
   * @throws ApiUnavailable
   */
  async get(path: string, reader: string): Promise<{ answer: KnownAnswer; stale: boolean }> {
    const known = this.entries.get(path);
    const pauseMs = known?.stale === true ? retryMs : freshMs;
    if (known !== undefined && this.now() - known.askedAtMs < pauseMs) return known;
    let asking = this.inFlight.get(path);
    if (asking === undefined) {
      asking = this.askAgain(path, known, reader).finally(() => this.inFlight.delete(path));
      this.inFlight.set(path, asking);
    }
    return asking;
  }

  private async askAgain(path: string, known: Entry | undefined, reader: string): Promise<Entry> {
    const askedAtMs = this.now();
    try {
      const answer = await this.ask(path, known?.answer.etag, reader);
      const kept = answer ?? (known === undefined ? undefined : { ...known.answer, asOfMs: askedAtMs });
      if (kept === undefined) throw new ApiUnavailable(`${path} answered 304 to a first question`);
      return this.keep(path, { answer: kept, askedAtMs: this.now(), stale: false });
    } catch (error) {
      if (known === undefined) throw error;
      return this.keep(path, { ...known, askedAtMs: this.now(), stale: true });
    }
  }

  private keep(path: string, entry: Entry): Entry {
    this.entries.set(path, entry);
    return entry;
  }
}
