import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { matchesEtag } from './etag.js';
import { recordRequest } from './metrics.interceptor.js';
import { notStored, securityHeaders } from './headers.js';

/** A finished answer: it can be sent to many. */
export interface HttpResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  etag?: string;
}

export const jsonType = 'application/json; charset=utf-8';

/** Puts an answer together; `headers` are its own, and the security headers come by themselves. */
export function httpResponse(
  status: number,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
  etag: string | undefined,
): HttpResponse {
  const all = { ...securityHeaders, ...headers, ...(etag === undefined ? {} : { etag }) };
  return { status, headers: all, body, ...(etag === undefined ? {} : { etag }) };
}

export const noContent: HttpResponse = httpResponse(204, Buffer.alloc(0), notStored, undefined);

/** Sends an answer, or 304 to a reader who has it. */
export function sendResponse(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: HttpResponse,
): FastifyReply {
  reply.headers(answer.headers);
  if (answer.status === 204) return reply.code(204).send();
  if (isNotModified(request, answer)) return reply.code(304).removeHeader('content-type').send();
  if (answer.body.length > maxSingleWriteBytes) return reply.code(answer.status).send(answer.body);
  const headers = { ...reply.getHeaders(), 'content-length': answer.body.length };
  return sendInOneWrite(request, reply, answer.status, headers, answer.body.toString('latin1'));
}

/** A longer body is not worth the copy. */
const maxSingleWriteBytes = 64 * 1_024;

/** Node joins a text body to its headers and writes once; a buffer would be a second write, and twice the cost. */
function sendInOneWrite(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  headers: ReturnType<FastifyReply['getHeaders']>,
  latin1: string,
): FastifyReply {
  reply.raw.writeHead(status, headers as OutgoingHttpHeaders);
  reply.hijack();
  reply.raw.end(latin1, 'latin1');
  recordRequest(request, status);
  return reply;
}

/** An answer that is sent again and again, prepared so that headers and body leave in one write. */
export interface CachedResponse extends HttpResponse {
  /** The bytes of the body, one character each. */
  latin1: string;
  /** Its headers as name, value, name, value: so Node takes them without looking for doubles. */
  headerList: readonly string[];
  /** The route that it answers, as the API's pages write it. */
  route: string;
  /** Counts one more request that got it, and the seconds that took. */
  count: (seconds: number) => void;
}

export function cachedResponse(
  answer: HttpResponse,
  route: string,
  count: CachedResponse['count'],
): CachedResponse {
  const headers = { ...answer.headers, 'content-length': String(answer.body.length) };
  const headerList = Object.entries(headers).flat();
  return { ...answer, headers, headerList, latin1: answer.body.toString('latin1'), route, count };
}

export function sendCachedResponse(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: CachedResponse,
): FastifyReply {
  if (isNotModified(request, answer)) {
    const { 'content-length': _length, ...headers } = answer.headers;
    return sendResponse(request, reply, { ...answer, headers });
  }
  const headers = { ...reply.getHeaders(), ...answer.headers };
  return sendInOneWrite(request, reply, answer.status, headers, answer.latin1);
}

function isNotModified(request: FastifyRequest, { etag }: HttpResponse): boolean {
  const known = request.headers['if-none-match'];
  if (known === undefined || etag === undefined) return false;
  return (request.method === 'GET' || request.method === 'HEAD') && matchesEtag(known, etag);
}
