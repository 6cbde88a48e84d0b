import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { bodyLimitBytes } from './body.js';
import { refuseConnection } from './refuse-connection.js';
import { requestIdOf } from './request-id.js';

/** A request must have arrived whole after this, and its headers sooner, in milliseconds: slow senders are cut off. */
const requestTimeoutMs = 15_000;
const headersTimeoutMs = 10_000;
const keepAliveTimeoutMs = 65_000;
const maxHeaderBytes = 16 * 1024;
const maxConnections = 10_000;

/**
 * Fastify under Nest. The routes come from the table of operations and the edge answers errors and unknown paths
 * itself, so Nest's own router, body parsers and middleware engine are left out.
 */
export class EdgeAdapter extends FastifyAdapter {
  constructor(trustProxy: string | undefined) {
    super({
      skipMiddie: true,
      logger: false,
      bodyLimit: bodyLimitBytes,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      genReqId: requestIdOf,
      requestIdHeader: false,
      return503OnClosing: false,
      forceCloseConnections: 'idle',
      trustProxy: trustProxy ?? false,
      http: { maxHeaderSize: maxHeaderBytes, headersTimeout: headersTimeoutMs },
      clientErrorHandler: refuseConnection,
      routerOptions: { maxParamLength: 200 },
    });
    this.fastify.server.maxConnections = maxConnections;
  }

  get fastify(): FastifyInstance {
    return this.getInstance() as unknown as FastifyInstance;
  }

  override setErrorHandler(): never {
    return undefined as never;
  }

  override setNotFoundHandler(): never {
    return undefined as never;
  }
}
