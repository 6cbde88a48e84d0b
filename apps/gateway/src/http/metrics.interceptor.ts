import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Histogram } from 'prom-client';
import { metrics, secondsBuckets } from '#service';

declare module 'fastify' {
  interface FastifyRequest {
    /** When it arrived, by `performance.now()`; 0 where the router could not even read its path. */
    arrivedAtMs: number;
  }
}

/** Rate, errors and duration of each route. Routes are those of the table, so there are only so many series. */
const requestSeconds = new Histogram({
  name: 'waystop_http_request_duration_seconds',
  help: 'Time from the arrival of an HTTP request to its answer; requests to no route are counted under none',
  labelNames: ['method', 'route', 'status'],
  buckets: secondsBuckets,
  registers: [metrics],
});

/**
 * Counts what Fastify sends. What is written past it, or answered before it, is counted where that is done: its hook for
 * finished responses would see all of them, and took a fifth of the time of a short request.
 */
export function addRequestMetrics(server: FastifyInstance): void {
  server.decorateRequest('arrivedAtMs', 0);
  server.addHook('onSend', (request, reply, payload, done) => {
    recordRequest(request, reply.statusCode);
    done(null, payload);
  });
}

export function recordRequest(request: FastifyRequest, status: number): void {
  const { method, arrivedAtMs } = request;
  const seconds = arrivedAtMs === 0 ? 0 : (performance.now() - arrivedAtMs) / 1_000;
  requestSeconds.observe({ method, route: routeTemplate(request.routeOptions.url), status }, seconds);
}

/** Counts answers of one route and status. */
export function requestRecorder(method: string, path: string, status: number): (seconds: number) => void {
  const counted = requestSeconds.labels({ method, route: path, status });
  return (seconds) => counted.observe(seconds);
}

const templates = new Map<string, string>();

/** A route as the API's pages write it: `/v1/stops/{stopId}`. */
export function routeTemplate(url: string | undefined): string {
  if (url === undefined) return 'none';
  let template = templates.get(url);
  if (template === undefined) templates.set(url, (template = url.replace(/:(\w+)/g, '{$1}')));
  return template;
}
