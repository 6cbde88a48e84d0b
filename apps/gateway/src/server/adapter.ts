import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Problem } from '#contracts';
import {
  handleClientError,
  handleConnect,
  maxHeaderLines,
  requestFault,
  sendEarlyProblem,
} from '../http/early-problem.js';
import { maxBodyBytes } from '../http/json-body.js';
import { requestIdOf } from '../http/request-id.js';

/** The headers of a request must have arrived after this, if not sooner. */
const headersTimeoutMs = 10_000;
/** Node looks for slow senders this often; by itself it would only twice a minute. */
const slowSendersEveryMs = 500;
export const keepAliveTimeoutMs = 65_000;
const maxHeaderBytes = 16 * 1024;
const maxConnections = 10_000;
/** A path is no longer than the head of a request; what is no id is unknown, of any length. */
const maxParamChars = maxHeaderBytes;

/** @returns whether it has answered */
type FastPath = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Fastify under Nest. The routes come from the table of operations, and errors and unknown paths have handlers of
 * their own, so Nest's router, body parsers and middleware engine are left out.
 */
export class GatewayAdapter extends FastifyAdapter {
  /** Every route that exists, as `GET /v1/tours/:id`. */
  readonly routes: string[] = [];

  constructor(trustProxy: string | undefined, requestTimeoutMs: number) {
    const server = fastify({
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
        // Node's own refusal would be a bare 400, without the headers that every response has.
        requireHostHeader: false,
      },
      clientErrorHandler: handleClientError,
      frameworkErrors: refusePath,
      routerOptions: { maxParamLength: maxParamChars, ignoreTrailingSlash: true },
    });
    const restoreHooks = ignoreHooks(server);
    super(server);
    restoreHooks();
    server.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) this.routes.push(`${one} ${url}`);
    });
    const { server: http } = server;
    http.maxConnections = maxConnections;
    // Node drops what comes behind this many, a second Host among them, so one more than allowed shows the excess.
    http.maxHeadersCount = maxHeaderLines + 1;
    // Unknown expectations are ignored, so that the request gets a response like any other (RFC 9110, 10.1.1).
    http.on('checkExpectation', (request, response) => http.emit('request', request, response));
    http.on('connect', handleConnect);
  }

  get fastify(): FastifyInstance {
    return this.getInstance() as unknown as FastifyInstance;
  }

  /** Runs before Fastify: faulty requests end here, and the fast path answers what it can. */
  useFastPath(fastPath: FastPath): void {
    const { server } = this.fastify;
    const listeners = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      const fault = requestFault(request);
      if (fault !== undefined) return sendEarlyProblem(request, response, fault, ['connection', 'close']);
      if (fastPath(request, response)) return;
      for (const listener of listeners) listener(request, response);
    });
  }

  /** Nest's engine of middleware is not loaded: there is no middleware. */
  override async init(): Promise<void> {}

  override setErrorHandler(): never {
    return undefined as never;
  }

  override setNotFoundHandler(): never {
    return undefined as never;
  }
}

/** A path that the router can't read, or with a part too long for any id, names nothing. */
function refusePath(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  sendEarlyProblem(request.raw, reply.raw, new Problem('resource.not_found', 'This path does not exist.'));
}

/**
 * Nest's adapter adds seven hooks as it is made, for what is not used here: middleware, versions, CORS, CSRF protection.
 * Each costs every request, so they are ignored.
 * @returns what lets hooks be added again
 */
function ignoreHooks(server: FastifyInstance): () => void {
  const addHook = server.addHook.bind(server);
  Object.assign(server, { addHook: () => server });
  return () => Object.assign(server, { addHook });
}
