import { Inject, Injectable } from '@nestjs/common';
import replyFrom, { type FastifyReplyFromHooks } from '@fastify/reply-from';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#contracts';
import { CONFIG, FailureLog, LOGGER, type Logger } from '#service';
import type { GatewayConfig } from '../config.js';
import { headerList, notStored, securityHeaders } from '../http/headers.js';
import { sendProblem } from '../http/problem.js';
import { httpResponse, sendResponse } from '../http/response.js';
import { RouteMetrics } from '../http/route-metrics.js';
import { isPagePath } from './page-paths.js';
import { unavailablePage } from './unavailable-page.js';

/** A page that takes longer counts as unavailable. */
const pageTimeoutMs = 5_000;
const maxConnections = 64;

const metrics = { GET: new RouteMetrics('GET', 'pages'), HEAD: new RouteMetrics('HEAD', 'pages') };

/** Passes requests for pages on to the web process, so that pages and API have one origin. */
@Injectable()
export class PageProxy {
  private readonly webUrl: string | undefined;
  private readonly failures: FailureLog;

  constructor(@Inject(CONFIG) config: GatewayConfig, @Inject(LOGGER) logger: Logger) {
    this.webUrl = config.WEB_URL;
    this.failures = new FailureLog(logger, 'asking the web process for a page');
  }

  register(server: FastifyInstance): void {
    if (this.webUrl === undefined) return;
    void server.register(replyFrom, {
      base: this.webUrl,
      disableRequestLogging: true,
      undici: { connections: maxConnections, headersTimeout: pageTimeoutMs, bodyTimeout: pageTimeoutMs },
    });
  }

  /** @returns whether this is a request for a page, which then gets its response from here */
  handle(request: FastifyRequest, reply: FastifyReply): boolean {
    const { method } = request;
    if (this.webUrl === undefined || (method !== 'GET' && method !== 'HEAD')) return false;
    const [path = '/'] = (request.raw.url ?? '/').split('?', 1);
    if (!isPagePath(path)) return false;
    try {
      // Refuses what leads out of the web process's own address: other hosts, `..`, what can't be decoded.
      reply.from(path, this.hooks);
    } catch {
      return false;
    }
    request.routeMetrics = metrics[method];
    return true;
  }

  /** The connection to the web process is another one than that to the reader, whose end it must not tell. */
  private readonly hooks: FastifyReplyFromHooks = {
    rewriteRequestHeaders: (request, headers) => pageRequestHeaders(request, headers),
    rewriteHeaders: ({ connection: _connection, 'keep-alive': _keepAlive, ...headers }) => headers,
    // A page is asked for once: its reader tries again sooner than a proxy would.
    retryDelay: () => null,
    onResponse: (request, reply, response) => {
      this.failures.recovered();
      for (const [name, value] of pairs(request.replyHeaders)) reply.header(name, value);
      reply.send(response.stream);
      request.completed(reply.statusCode);
    },
    onError: (reply, { error }) => {
      this.failures.failed(error);
      sendUnavailable(reply.request as FastifyRequest, reply as FastifyReply);
    },
  };
}

/** Pages are the same for everybody, so the web process sees neither keys nor cookies. */
function pageRequestHeaders<Headers extends object>(request: { ip: string }, headers: Headers): Headers {
  const { authorization: _key, cookie: _cookie, ...kept } = headers as Record<string, unknown>;
  return { ...kept, 'x-forwarded-for': request.ip } as unknown as Headers;
}

function* pairs(list: readonly string[]): Generator<[string, string]> {
  for (let at = 0; at < list.length; at += 2) yield [list[at] ?? '', list[at + 1] ?? ''];
}

/** As a page where a browser asks, as a problem where a program does. */
function sendUnavailable(request: FastifyRequest, reply: FastifyReply): void {
  if (request.headers.accept?.includes('text/html') !== true) {
    return sendProblem(request, reply, new Problem('service.unavailable', 'The pages are unavailable.'));
  }
  const { html, policy } = unavailablePage;
  const headers = { ...notStored, 'content-type': 'text/html; charset=utf-8', 'retry-after': '5' };
  const response = httpResponse(503, Buffer.from(html), headerList(headers));
  const withPolicy = response.headers.map((value) =>
    value === securityHeaders['content-security-policy'] ? policy : value,
  );
  sendResponse(request, reply, { ...response, headers: withPolicy });
}
