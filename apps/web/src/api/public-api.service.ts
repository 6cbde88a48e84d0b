import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Pool } from 'undici';
import { CONFIG, FailureLog, LOGGER, type Logger } from '#service';
import type { WebConfig } from '../config.js';
import { ApiUnavailable, KnownAnswers, type KnownAnswer } from './known-answers.js';
import { PageData } from './page-data.js';

/** A reader does not wait longer for a service that may be away. */
const answerTimeoutMs = 2_500;
const maxConnections = 32;
/** The header by which the gateway knows whose budget a request counts against. */
const readerHeader = 'x-waystop-reader';

/** Reads the public API through the gateway, as anybody could. */
@Injectable()
export class PublicApi implements OnModuleDestroy {
  private readonly pool: Pool;
  private readonly basePath: string;
  private readonly secret: string | undefined;
  private readonly failures: FailureLog;
  private readonly known = new KnownAnswers((path, etag, reader) => this.ask(path, etag, reader));

  constructor(@Inject(CONFIG) config: WebConfig, @Inject(LOGGER) logger: Logger) {
    const { origin, pathname } = new URL(config.API_URL);
    this.pool = new Pool(origin, {
      connections: maxConnections,
      headersTimeout: answerTimeoutMs,
      bodyTimeout: answerTimeoutMs,
      connect: { timeout: answerTimeoutMs },
    });
    this.basePath = pathname === '/' ? '' : pathname;
    this.secret = config.WEB_SECRET;
    this.failures = new FailureLog(logger, 'asking the API');
  }

  /** What one page reads, for the reader at this address. */
  forReader(address: string): PageData {
    return new PageData((path) => this.known.get(path, address));
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool.close();
  }

  private async ask(path: string, etag: string | undefined, reader: string): Promise<KnownAnswer | null> {
    try {
      const answer = await this.request(path, etag, reader);
      this.failures.recovered();
      return answer;
    } catch (error) {
      this.failures.failed(error);
      throw error instanceof ApiUnavailable ? error : new ApiUnavailable(path, { cause: error });
    }
  }

  private async request(path: string, etag: string | undefined, reader: string): Promise<KnownAnswer | null> {
    const { statusCode, headers, body } = await this.pool.request({
      method: 'GET',
      path: `${this.basePath}${path}`,
      headers: {
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
        ...(this.secret === undefined ? {} : { [readerHeader]: `${this.secret} ${reader}` }),
        'x-forwarded-for': reader,
      },
    });
    if (statusCode === 200) {
      const value: unknown = await body.json();
      return { value, etag: String(headers['etag'] ?? ''), asOfMs: Date.now() };
    }
    await body.dump();
    if (statusCode === 304) return null;
    // An id that can't be one (422) names nothing either.
    if (statusCode === 404 || statusCode === 422) return { value: undefined, etag: '', asOfMs: Date.now() };
    throw new ApiUnavailable(`${path} answered ${statusCode}`);
  }
}
