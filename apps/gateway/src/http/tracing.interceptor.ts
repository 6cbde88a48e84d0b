import type { FastifyInstance, FastifyRequest } from 'fastify';
import { SpanKind, beginTrace, tracingIsOn, type OpenSpan } from '#tracing';
import { routeTemplate } from './metrics.interceptor.js';

/**
 * Puts a span around each request, under the caller's `traceparent` where it sent one. While tracing is off no hook is
 * added. What is answered from memory before Fastify makes no span: it asks nobody, so there is nothing to follow.
 */
export function addRequestTracing(server: FastifyInstance): void {
  if (!tracingIsOn()) return;
  const spans = new WeakMap<FastifyRequest, OpenSpan>();
  server.addHook('onRequest', (request, reply, done) => {
    const span = beginRequest(request);
    if (span === undefined) return done();
    spans.set(request, span);
    reply.raw.once('close', () => endRequest(span, reply.statusCode));
    span.run(done);
  });
  // Where the body has been read, what follows no longer runs within the hook above.
  server.addHook('preHandler', (request, _reply, done) => enter(spans.get(request), done));
  server.addHook('onResponse', (request, _reply, done) => enter(spans.get(request), done));
}

function endRequest(span: OpenSpan, status: number): void {
  const failed = status >= 500;
  if (failed) span.fail(new Error('The request failed.'));
  span.end({
    'http.response.status_code': status,
    ...(failed ? { 'error.type': String(status) } : {}),
  });
}

function enter(span: OpenSpan | undefined, done: () => void): void {
  if (span === undefined) done();
  else span.run(done);
}

/** Named by https://opentelemetry.io/docs/specs/semconv/http/. The query stays out: people's names are searched for by it. */
function beginRequest(request: FastifyRequest): OpenSpan | undefined {
  const { method, headers } = request;
  const route = routeTemplate(request.routeOptions.url);
  return beginTrace({
    name: `${method} ${route}`,
    kind: SpanKind.SERVER,
    attributes: {
      'http.request.method': method,
      'http.route': route,
      'url.path': request.url.split('?')[0] ?? '',
      'url.scheme': request.protocol,
      'waystop.request_id': request.id,
    },
    parent: typeof headers.traceparent === 'string' ? headers.traceparent : undefined,
  });
}
