import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#contracts';
import { CONFIG, LOGGER, type Logger } from '#service';
import type { GatewayConfig } from '../config.js';
import { HealthRoutes } from '../health/health.routes.js';
import { decorateRequests } from '../http/completion.interceptor.js';
import { CorsPolicy, publicReadCors } from '../http/cors.js';
import { addFileBodyParsers, fileProblem, type FileFormats } from '../http/file-body.js';
import { strictTransport } from '../http/headers.js';
import { addIgnoringBodyParser, addJsonBodyParser } from '../http/json-body.js';
import { sendProblem } from '../http/problem.js';
import { emptyResponse, sendResponse } from '../http/response.js';
import { RouteMetrics } from '../http/route-metrics.js';
import type { StaticRoute } from '../http/static-route.js';
import { addRequestTracing } from '../http/tracing.interceptor.js';
import { DocsRoutes } from '../openapi/docs.routes.js';
import type { Operation } from '../operations/operation.js';
import { OPERATIONS } from '../operations/operations.module.js';
import { PageProxy } from '../pages/page-proxy.js';
import { CacheFastPath } from '../public-reads/cache-fast-path.js';
import type { GatewayAdapter } from './adapter.js';
import { AllowedMethods } from './allowed-methods.js';
import { EventStreamHandler } from './event-stream.handler.js';
import { EventStreams } from '../event-stream/event-streams.service.js';
import { OperationRunner } from './operation-runner.js';
import { ProblemFilter } from './problem.filter.js';
import { RequestGuard } from './request.guard.js';

type Done = (error?: Error) => void;

/** Mounts the table of operations, and the few routes beside it, on the HTTP server. */
@Injectable()
export class OperationRouter implements OnModuleInit {
  private readonly paths = new AllowedMethods();
  private readonly cors: CorsPolicy;
  private draining = false;

  constructor(
    private readonly host: HttpAdapterHost<GatewayAdapter>,
    private readonly guard: RequestGuard,
    private readonly runner: OperationRunner,
    private readonly streams: EventStreams,
    private readonly streamHandler: EventStreamHandler,
    private readonly problems: ProblemFilter,
    private readonly health: HealthRoutes,
    private readonly docs: DocsRoutes,
    private readonly fastPath: CacheFastPath,
    private readonly pages: PageProxy,
    @Inject(OPERATIONS) private readonly operations: readonly Operation[],
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.cors = new CorsPolicy(config.CORS_ORIGINS);
  }

  onModuleInit(): void {
    const server = this.host.httpAdapter.fastify;
    addJsonBodyParser(server);
    decorateRequests(server, this.logger);
    addRequestTracing(server);
    this.pages.register(server);
    server.addHook('onRequest', (request, reply, done) => this.onRequest(request, reply, done));
    server.setErrorHandler((error, request, reply) => this.problems.catch(error, request, reply));
    server.setNotFoundHandler((request, reply) => this.onUnknownRoute(request, reply));
    for (const operation of this.operations) this.mount(server, operation);
    for (const route of [...this.health.routes(), ...this.docs.routes()]) this.mountStatic(server, route);
    this.host.httpAdapter.useFastPath(
      (request, response) => !this.draining && this.fastPath.handle(request, response),
    );
  }

  /** From now on every response asks its connection to close, so that callers move to another replica. */
  startDraining(): void {
    this.draining = true;
    this.streams.drain();
  }

  private mount(server: FastifyInstance, operation: Operation): void {
    this.paths.add(operation.method, operation.path, operation.publicRead !== undefined);
    const { takesFile, ignoresBody } = operation;
    if (takesFile === undefined && ignoresBody !== true) this.route(server, operation);
    else {
      // Content types belong to a scope, so a route that takes other bodies has one of its own.
      void server.register((scope, _options, done) => {
        if (takesFile === undefined) addIgnoringBodyParser(scope);
        else this.takeFiles(scope, takesFile);
        this.route(scope, operation);
        done();
      });
    }
  }

  private takeFiles(scope: FastifyInstance, files: FileFormats): void {
    addFileBodyParsers(scope, files);
    scope.setErrorHandler((error, request, reply) =>
      this.problems.catch(fileProblem(error, files), request, reply),
    );
  }

  private route(server: FastifyInstance, operation: Operation): void {
    const metrics = new RouteMetrics(operation.method, operation.path);
    const heads = new RouteMetrics('HEAD', operation.path);
    server.route({
      method: operation.method,
      url: operation.path.replace(/\{(\w+)\}/g, ':$1'),
      onRequest: (request, _reply, done) => {
        request.routeMetrics = request.method === 'HEAD' ? heads : metrics;
        this.addCors(request, operation.publicRead !== undefined);
        this.checkThen(operation, request, done);
      },
      handler: operation.streamsEvents
        ? this.streamHandler.handlerOf(operation)
        : this.runner.handlerOf(operation, metrics),
      ...(operation.takesFile === undefined ? {} : { bodyLimit: operation.takesFile.maxBytes }),
    });
  }

  /** Runs the guard before the body is read. */
  private checkThen(operation: Operation, request: FastifyRequest, done: Done): void {
    try {
      const checked = this.guard.check(operation, request);
      if (checked === undefined) done();
      else checked.then(() => done(), done);
    } catch (error) {
      done(error as Error);
    }
  }

  private mountStatic(server: FastifyInstance, { path, handler }: StaticRoute): void {
    this.paths.add('GET', path);
    const metrics = new RouteMetrics('GET', path);
    const heads = new RouteMetrics('HEAD', path);
    server.get(path, (request, reply) => {
      request.routeMetrics = request.method === 'HEAD' ? heads : metrics;
      this.addCors(request, false);
      return handler(request, reply);
    });
  }

  /** First of all, for every request: its id goes back, and unknown paths end here, before a body is read. */
  private onRequest(request: FastifyRequest, reply: FastifyReply, done: Done): void {
    request.arrivedAtMs = performance.now();
    request.replyHeaders = ['x-request-id', request.id];
    if (this.draining) request.replyHeaders.push('connection', 'close');
    if (request.headers['x-forwarded-proto'] === 'https') request.replyHeaders.push(...strictTransport);
    if (request.is404) this.onUnknownRoute(request, reply);
    else done();
  }

  private addCors(request: FastifyRequest, isPublicRead: boolean): void {
    request.replyHeaders.push(
      ...(isPublicRead ? publicReadCors : this.cors.headersFor(request.headers.origin)),
    );
  }

  private onUnknownRoute(request: FastifyRequest, reply: FastifyReply): void {
    if (this.pages.handle(request, reply)) return;
    const found = this.paths.find(request.raw.url?.split('?')[0] ?? '');
    if (found === undefined) {
      this.addCors(request, false);
      return sendProblem(request, reply, new Problem('resource.not_found', 'This path does not exist.'));
    }
    request.replyHeaders.push('allow', found.allowed);
    if (request.method === 'OPTIONS') return this.answerPreflight(request, reply, found);
    this.addCors(request, false);
    const detail = `This path supports ${found.allowed}.`;
    sendProblem(request, reply, new Problem('request.method_not_allowed', detail));
  }

  private answerPreflight(
    request: FastifyRequest,
    reply: FastifyReply,
    path: { allowed: string; isPublicRead: boolean },
  ): void {
    const { origin, 'access-control-request-method': method } = request.headers;
    sendResponse(request, reply, emptyResponse(204, this.cors.preflight({ origin, method, ...path })));
  }
}
