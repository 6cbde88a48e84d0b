import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#contracts';
import { maxBodyBytes } from '../http/json-body.js';
import { sendProblem } from '../http/problem.js';
import { handleClientError } from '../http/client-error.js';
import { requestIdOf } from '../http/request-id.js';

/** The headers of a request must have arrived after this, in milliseconds, if not sooner. */
const headersTimeoutMs = 10_000;
/** Node looks for slow senders this often; by itself it would only twice a minute. */
const slowSendersEveryMs = 500;
const keepAliveTimeoutMs = 65_000;
const maxHeaderBytes = 16 * 1024;
const maxConnections = 10_000;

/**
 * Fastify under Nest. The routes come from the table of operations and the edge answers errors and unknown paths
 * itself, so Nest's own router, body parsers and middleware engine are left out.
 */
export class GatewayAdapter extends FastifyAdapter {
  /** Every route that exists, as `GET /v1/tours/:id`. */
  readonly routes: string[] = [];

  constructor(trustProxy: string | undefined, requestTimeoutMs: number) {
    super({
      skipMiddie: true,
      logger: false,
      bodyLimit: maxBodyBytes,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      genReqId: requestIdOf,
      requestIdHeader: false,
      return503OnClosing: false,
      forceCloseConnections: 'idle',
      trustProxy: trustProxy ?? false,
      http: {
        maxHeaderSize: maxHeaderBytes,
        headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
        connectionsCheckingInterval: slowSendersEveryMs,
      },
      clientErrorHandler: handleClientError,
      frameworkErrors: refusePath,
      routerOptions: { maxParamLength: 200 },
    });
    this.fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) this.routes.push(`${one} ${url}`);
    });
    const { server } = this.fastify;
    server.maxConnections = maxConnections;
    // Expectations that nobody knows are passed over, so that the request gets an answer like any other (RFC 9110, 10.1.1).
    server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  }

  get fastify(): FastifyInstance {
    return this.getInstance() as unknown as FastifyInstance;
  }

  /** Lets `answer` take what it can before Fastify sees it; what it leaves goes on as ever. */
  useFastPath(answer: (request: IncomingMessage, response: ServerResponse) => boolean): void {
    const { server } = this.fastify;
    const listeners = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (answer(request, response)) return;
      for (const listener of listeners) listener(request, response);
    });
  }

  override setErrorHandler(): never {
    return undefined as never;
  }

  override setNotFoundHandler(): never {
    return undefined as never;
  }
}

/** A path that the router can't even read, or with a part too long for any id, names nothing. */
function refusePath(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id);
  sendProblem(request, reply, new Problem('resource.not_found', 'There is nothing at this path.'));
}
