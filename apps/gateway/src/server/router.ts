import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#contracts';
import { CONFIG, LOGGER, type Logger } from '#service';
import type { GatewayConfig } from '../config.js';
import { Docs } from '../openapi/docs.js';
import { PublicHealth } from '../health/public-health.js';
import type { Operation } from '../operations/operation.js';
import { operations } from '../operations/operations.js';
import { CacheFastPath } from '../public-reads/cache-fast-path.js';
import { RequestGuard } from './request.guard.js';
import { addJsonBodyParser } from '../http/json-body.js';
import { CorsPolicy } from '../http/cors.js';
import { drainBody } from '../http/drain-body.js';
import type { GatewayAdapter } from './adapter.js';
import { addFileBodyParsers } from '../http/file-body.js';
import { AllowedMethods } from './allowed-methods.js';
import { OperationRunner } from './operation-runner.js';
import { addRequestMetrics } from '../http/metrics.interceptor.js';
import { addRequestLogging } from '../http/logging.interceptor.js';
import { toProblem, sendProblem } from '../http/problem.js';
import { addRequestTracing } from '../http/tracing.interceptor.js';
import { securityHeaders, strictTransport } from '../http/headers.js';

/** Mounts the table of operations, and the few pages beside it, on the HTTP server. */
@Injectable()
export class OperationRouter implements OnModuleInit {
  private readonly paths = new AllowedMethods();
  private readonly crossOrigin: CorsPolicy;
  private draining = false;

  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<GatewayAdapter>,
    @Inject(RequestGuard) private readonly guard: RequestGuard,
    @Inject(OperationRunner) private readonly runner: OperationRunner,
    @Inject(PublicHealth) private readonly health: PublicHealth,
    @Inject(Docs) private readonly docs: Docs,
    @Inject(CacheFastPath) private readonly fastPath: CacheFastPath,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.crossOrigin = new CorsPolicy(config.CORS_ORIGINS);
  }

  onModuleInit(): void {
    const server = this.host.httpAdapter.fastify;
    addJsonBodyParser(server);
    server.decorateRequest('caller');
    addRequestTracing(server);
    addRequestMetrics(server);
    addRequestLogging(server, this.logger);
    server.addHook('onRequest', (request, reply, done) => this.onRequest(request, reply, done));
    server.setErrorHandler((error, request, reply) => this.refuse(error, request, reply));
    server.setNotFoundHandler((request, reply) => this.onUnknownRoute(request, reply));
    for (const operation of operations) this.mount(server, operation);
    for (const page of [...this.health.pages(), ...this.docs.pages()]) {
      this.paths.add('GET', page.path);
      server.get(page.path, (request, reply) => page.handler(request, reply));
    }
    this.host.httpAdapter.useFastPath(
      (request, response) => !this.draining && this.fastPath.answer(request, response),
    );
  }

  /** From now on every answer asks its connection to close, so that callers move to another replica. */
  startDraining(): void {
    this.draining = true;
  }

  private mount(server: FastifyInstance, operation: Operation): void {
    this.paths.add(operation.method, operation.path);
    const { takesFile } = operation;
    if (takesFile === undefined) this.route(server, operation);
    else {
      // Content types belong to a scope, so a route that takes files has one of its own.
      void server.register((scope, _options, done) => {
        addFileBodyParsers(scope, takesFile);
        this.route(scope, operation);
        done();
      });
    }
  }

  private route(server: FastifyInstance, operation: Operation): void {
    server.route({
      method: operation.method,
      url: operation.path.replace(/\{(\w+)\}/g, ':$1'),
      onRequest: (request, reply, done) => this.guard.check(operation, request, reply, done),
      handler: this.runner.handlerOf(operation),
      ...(operation.takesFile === undefined ? {} : { bodyLimit: operation.takesFile.maxBytes }),
    });
  }

  /** First of all, for every request: its id goes back, and unknown paths end here, before a body is read. */
  private onRequest(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
    request.arrivedAtMs = performance.now();
    reply.header('x-request-id', request.id);
    if (this.draining) reply.header('connection', 'close');
    if (request.headers['x-forwarded-proto'] === 'https') reply.headers(strictTransport);
    const corsHeaders = this.crossOrigin.headersFor(request.headers.origin);
    if (corsHeaders !== undefined) reply.headers(corsHeaders);
    if (request.is404) this.onUnknownRoute(request, reply);
    else done();
  }

  private onUnknownRoute(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const allowed = this.paths.allowed(request.raw.url?.split('?')[0] ?? '');
    if (allowed === undefined) {
      return sendProblem(request, reply, new Problem('resource.not_found', 'There is nothing at this path.'));
    }
    reply.header('allow', allowed);
    if (request.method === 'OPTIONS') {
      return reply
        .headers({ ...securityHeaders, ...this.crossOrigin.preflight(request.headers.origin, allowed) })
        .code(204)
        .send();
    }
    return sendProblem(
      request,
      reply,
      new Problem('request.method_not_allowed', `This path supports ${allowed}.`),
    );
  }

  private async refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const problem = toProblem(error);
    if (problem.code === 'internal.error') {
      this.logger.error(
        { err: error, requestId: request.id, route: request.routeOptions.url },
        'unexpected error',
      );
    }
    if (problem.code === 'request.too_large') await drainBody(request.raw);
    return sendProblem(request, reply, problem);
  }
}
