import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, LOGGER, type Logger } from '#service';
import { ApiUnavailable } from '../api/known-answers.js';
import { NotFound } from '../api/page-data.js';
import { PublicApi } from '../api/public-api.service.js';
import { Assets } from '../assets/assets.service.js';
import type { WebConfig } from '../config.js';
import { pagePolicy } from '../policy/policy.js';
import { dataSeconds, renderSeconds, stalePages } from '../metrics/page-metrics.js';
import { words } from '../../shared/words/words.js';
import type { Lang } from '../../shared/language.js';
import { renderDocument } from './document.js';
import { notFoundView, unavailableView } from './error-pages.js';
import { PageCache, sentPage, type SentPage } from './page-cache.js';
import type { Page, PageRequest, PageView, Site } from './page.js';

/** What of a request decides its page. */
export interface PageCall {
  readonly lang: Lang;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The reader's address. */
  readonly reader: string;
}

/** States such as “on now” follow the clock: a page is made anew with each minute at the latest. */
const clockMs = 60_000;
const maxQueryChars = 200;

/** Makes pages: reads what they show, renders it, and remembers it for as long as nothing has changed. */
@Injectable()
export class Pages {
  private readonly cache = new PageCache();
  /** Pages that are being rendered: requests that come meanwhile share the result. */
  private readonly inFlight = new Map<string, Promise<SentPage>>();
  private readonly site: Site;

  constructor(
    private readonly api: PublicApi,
    private readonly assets: Assets,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) config: WebConfig,
  ) {
    this.site = {
      publicUrl: config.PUBLIC_URL,
      operator: config.SITE_OPERATOR,
      privacyContact: config.PRIVACY_CONTACT,
      icpFiling: config.ICP_FILING,
      policeFiling: config.POLICE_FILING,
    };
  }

  async render(page: Page, call: PageCall): Promise<SentPage> {
    const nowMs = Date.now();
    const query = knownQuery(page, call.query);
    const key = `${call.lang} ${call.path} ${JSON.stringify(query)}`;
    const fresh = this.cache.findFresh(key, nowMs);
    const underWay = this.inFlight.get(key);
    if (fresh !== undefined) {
      if (fresh.isAging && underWay === undefined) void this.begin(page, call, query, key, nowMs);
      return fresh.page;
    }
    return underWay ?? this.begin(page, call, query, key, nowMs);
  }

  /** Never fails: what goes wrong is a page as well. */
  private begin(
    page: Page,
    call: PageCall,
    query: Record<string, string>,
    key: string,
    nowMs: number,
  ): Promise<SentPage> {
    const request = this.requestOf(call, query, nowMs);
    const making = this.make(page, request, key, call.reader)
      .catch((error: unknown) => this.failed(error, page, request))
      .finally(() => this.inFlight.delete(key));
    this.inFlight.set(key, making);
    return making;
  }

  /** The page for a path that no page has. */
  notFound({ lang, path }: Pick<PageCall, 'lang' | 'path'>): Promise<SentPage> {
    const request = this.requestOf({ lang, path, params: {} }, {}, Date.now());
    return this.finish(notFoundView(request), request, undefined);
  }

  private async make(page: Page, request: PageRequest, key: string, reader: string): Promise<SentPage> {
    const data = this.api.forReader(reader);
    const endData = dataSeconds.startTimer({ page: page.name });
    const model = await page.load(data, request);
    endData();
    const basis = JSON.stringify([data.etags, data.staleSinceMs, Math.floor(request.nowMs / clockMs)]);
    const same = this.cache.findSame(key, basis, request.nowMs);
    if (same !== undefined) return same;
    const endRender = renderSeconds.startTimer({ page: page.name });
    const sent = await this.finish(page.view(model, request), request, data.staleSinceMs);
    endRender();
    // With 0 as well, so that a page has a figure before anything fails.
    stalePages.inc({ page: page.name }, sent.isStale ? 1 : 0);
    this.cache.keep(key, basis, sent, request.nowMs);
    return sent;
  }

  private failed(error: unknown, page: Page, request: PageRequest): Promise<SentPage> {
    if (error instanceof NotFound) return this.finish(notFoundView(request), request, undefined);
    if (!(error instanceof ApiUnavailable)) {
      this.logger.error({ err: error, page: page.name }, 'unexpected error in a page');
    }
    return this.finish(unavailableView(request), request, undefined);
  }

  private finish(view: PageView, request: PageRequest, staleSinceMs: number | undefined): Promise<SentPage> {
    const html = renderDocument(view, request, this.assets, staleSinceMs);
    const policy = pagePolicy(view.style ?? '');
    return sentPage(html, { status: view.status ?? 200, policy, isStale: staleSinceMs !== undefined });
  }

  private requestOf(
    { lang, path, params }: Pick<PageCall, 'lang' | 'path' | 'params'>,
    query: Readonly<Record<string, string>>,
    nowMs: number,
  ): PageRequest {
    return { lang, words: words[lang], path, params, query, nowMs, site: this.site };
  }
}

/** Only what the page knows: anything else would make one page many. */
function knownQuery(page: Page, query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    (page.query ?? []).map((name) => [name, (query.get(name) ?? '').slice(0, maxQueryChars)]),
  );
}
