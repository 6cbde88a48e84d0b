import type { FastifyReply, FastifyRequest } from 'fastify';

/** A path that is no operation of the API: health, the OpenAPI document, its pages. */
export interface StaticRoute {
  path: string;
  handler: (request: FastifyRequest, reply: FastifyReply) => void | Promise<void>;
}
