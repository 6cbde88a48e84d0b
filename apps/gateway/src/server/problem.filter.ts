import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LOGGER, type Logger } from '#service';
import { drainBody } from '../http/drain-body.js';
import { sendProblem, toProblem } from '../http/problem.js';

/** Turns whatever was thrown into a problem response. Bugs are logged with the id that their caller gets. */
@Injectable()
export class ProblemFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    // A response that has begun can't become a problem any more; the failure is logged all the same.
    if (reply.raw.headersSent) return this.log(error, request);
    const problem = toProblem(error);
    if (problem.code === 'internal.error') this.log(error, request);
    if (problem.code !== 'request.too_large') return sendProblem(request, reply, problem);
    // Its sender may still be writing, so the connection is of no more use.
    request.replyHeaders.push('connection', 'close');
    reply.hijack();
    void drainBody(request.raw).then(() => sendProblem(request, reply, problem));
  }

  private log(error: unknown, request: FastifyRequest): void {
    const route = request.routeMetrics?.route ?? 'none';
    this.logger.error({ err: error, requestId: request.id, route }, 'unexpected error');
  }
}
