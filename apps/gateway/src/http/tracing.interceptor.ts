import type { FastifyInstance, FastifyRequest } from 'fastify';
import { SpanKind, beginTrace, tracingIsOn, type OpenSpan } from '#tracing';

/**
 * Puts a span around each request, under the caller's `traceparent` where it sent one. While tracing is off no hook is
 * added. Responses from the cache fast path make no span: no service is asked, so there is nothing to follow.
 */
export function addRequestTracing(server: FastifyInstance): void {
  if (!tracingIsOn()) return;
  const spans = new WeakMap<FastifyRequest, OpenSpan>();
  server.addHook('onRequest', (request, reply, done) => {
    const span = beginRequest(request);
    if (span === undefined) return done();
    spans.set(request, span);
    reply.raw.once('close', () => endRequest(span, reply.raw.statusCode));
    span.run(done);
  });
  // Once the body was read, what follows no longer runs within the hook above.
  server.addHook('preHandler', (request, _reply, done) => enter(spans.get(request), done));
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

/** A route as the API's pages write it: `/v1/stops/{stopId}`. */
function routeTemplate(url: string | undefined): string {
  return url === undefined ? 'none' : url.replace(/:(\w+)/g, '{$1}');
}

/** Named by https://opentelemetry.io/docs/specs/semconv/http/. The query stays out: it holds names of people. */
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
