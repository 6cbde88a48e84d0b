import type { FastifyReply, FastifyRequest } from 'fastify';
import { isKnown } from './etag.js';
import { notStored, securityHeaders } from './security-headers.js';

/** A finished answer: it can be sent to many. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  etag?: string;
}

export const jsonType = 'application/json; charset=utf-8';

/** Puts an answer together; `headers` are its own, and the security headers come by themselves. */
export function answerOf(
  status: number,
  body: Buffer,
  headers: Record<string, string>,
  etag: string | undefined,
): Answer {
  const all = { ...securityHeaders, ...headers, ...(etag === undefined ? {} : { etag }) };
  return { status, headers: all, body, ...(etag === undefined ? {} : { etag }) };
}

export const empty: Answer = answerOf(204, Buffer.alloc(0), notStored, undefined);

/** Sends an answer, or 304 to a reader who has it. */
export function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  reply.headers(answer.headers);
  if (answer.status === 204) return reply.code(204).send();
  const known = request.headers['if-none-match'];
  if (known !== undefined && answer.etag !== undefined && isRead(request) && isKnown(known, answer.etag)) {
    return reply.code(304).removeHeader('content-type').send();
  }
  return reply.code(answer.status).send(answer.body);
}

function isRead(request: FastifyRequest): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}
