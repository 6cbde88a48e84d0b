import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from '#service';
import { unmatchedRoute, type RouteMetrics } from './route-metrics.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** When it arrived, by `performance.now()`. */
    arrivedAtMs: number;
    /** Headers that its response begins with, whatever it will be: names and values in turn. */
    replyHeaders: string[];
    /** `null` until a route of the table took it. */
    routeMetrics: RouteMetrics | null;
    /** Counts and logs the request. The sender of a response calls it once. */
    completed: (status: number) => void;
  }
}

/** What is logged of a request: ids and counts. The path's values and the query stay out of it. */
export interface RequestLogLine {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
  /** Leads to the lines of the services that took part. */
  readonly requestId: string;
  readonly keyId: string | null;
  /** Of a signed-in person, whose address and name no log holds. */
  readonly userId: string | null;
}

export function logRequest(logger: Logger, line: RequestLogLine): void {
  const { method, route, status, seconds, requestId, keyId, userId } = line;
  logger.info({ method, route, status, seconds, requestId, keyId, userId }, 'answered');
}

/** Prepares requests for what happens to each of them, whatever its response: it is timed, counted and logged. */
export function decorateRequests(server: FastifyInstance, logger: Logger): void {
  const isLogged = logger.isLevelEnabled('info');
  server.decorateRequest('caller');
  server.decorateRequest('arrivedAtMs', 0);
  server.decorateRequest('replyHeaders');
  server.decorateRequest('routeMetrics', null);
  server.decorateRequest('completed', function (this: FastifyRequest, status: number) {
    const { method, id: requestId } = this;
    const metrics = this.routeMetrics ?? unmatchedRoute(method);
    const seconds = (performance.now() - this.arrivedAtMs) / 1_000;
    metrics.record(status, seconds);
    const { route } = metrics;
    // Probes come every few seconds; they would hide what matters.
    if (!isLogged || route.startsWith('/health/')) return;
    const keyId = this.caller?.keyId ?? null;
    const userId = this.caller?.userId ?? null;
    logRequest(logger, { method, route, status, seconds, requestId, keyId, userId });
  });
}
