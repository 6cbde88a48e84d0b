import type { FastifyInstance } from 'fastify';
import { Histogram } from 'prom-client';
import { metrics, secondsBuckets } from '#service';

/** Rate, errors and duration of each route. Routes are those of the table, so there are only so many series. */
const requestSeconds = new Histogram({
  name: 'waystop_http_request_duration_seconds',
  help: 'Time from the arrival of an HTTP request to its answer; requests to no route are counted under none',
  labelNames: ['method', 'route', 'status'],
  buckets: secondsBuckets,
  registers: [metrics],
});

/** Counts every request that Fastify answers. What is answered before it counts itself (see `countOf`). */
export function countAnswers(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const route = templateOf(request.routeOptions.url);
    requestSeconds.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
    done();
  });
}

/** Counts answers of one route and status. */
export function countOf(method: string, path: string, status: number): (seconds: number) => void {
  const counted = requestSeconds.labels({ method, route: path, status });
  return (seconds) => counted.observe(seconds);
}

/** A route as the API's pages write it: `/v1/stops/{stopId}`. */
export function templateOf(url: string | undefined): string {
  return url === undefined ? 'none' : url.replace(/:(\w+)/g, '{$1}');
}
