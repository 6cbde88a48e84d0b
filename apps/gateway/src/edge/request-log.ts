import type { FastifyInstance } from 'fastify';
import type { Logger } from '#service';
import { templateOf } from './http-metrics.js';

/** A line for each request that Fastify answers, where the log is to tell that much. The query stays out of it. */
export function logAnswers(server: FastifyInstance, logger: Logger): void {
  if (!logger.isLevelEnabled('debug')) return;
  server.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const fields = {
      method,
      route: templateOf(request.routeOptions.url),
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1_000,
      requestId: request.id,
      keyId: request.caller?.keyId ?? null,
    };
    logger.debug(fields, 'answered');
    done();
  });
}
