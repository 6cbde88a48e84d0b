import type { FastifyInstance } from 'fastify';
import type { Logger } from '#service';
import { routeTemplate } from './metrics.interceptor.js';

/** What is told of an answer: ids and counts. The path's values and the query stay out of it. */
export interface RequestLogLine {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
  /** By it the lines of the services are found that took part. */
  readonly requestId: string;
  readonly keyId: string | null;
}

/** At `info`: whoever runs this can follow a request without all that is told for debugging. */
export function logRequest(
  logger: Logger,
  { method, route, status, seconds, requestId, keyId }: RequestLogLine,
): void {
  logger.info({ method, route, status, seconds, requestId, keyId }, 'answered');
}

/** A line for each request that Fastify answers, but for those after health: they come every few seconds. */
export function addRequestLogging(server: FastifyInstance, logger: Logger): void {
  if (!logger.isLevelEnabled('info')) return;
  server.addHook('onResponse', (request, reply, done) => {
    const { method, id: requestId } = request;
    const route = routeTemplate(request.routeOptions.url);
    const { statusCode: status, elapsedTime } = reply;
    const keyId = request.caller?.keyId ?? null;
    if (!route.startsWith('/health/'))
      logRequest(logger, { method, route, status, seconds: elapsedTime / 1_000, requestId, keyId });
    done();
  });
}
