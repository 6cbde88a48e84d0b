import type { FastifyReply, FastifyRequest } from 'fastify';
import { matchesEtag } from './etag.js';
import { headerList, notStored, securityHeaders, type HeaderList } from './headers.js';

/** A finished response: it can be sent to many requests. */
export interface HttpResponse {
  readonly status: number;
  /** Its own headers. Those of the request that it answers (its id, its limits) come in front of them. */
  readonly headers: HeaderList;
  /** A short body as text with one character for each byte (latin1), a long one as its bytes. */
  readonly body: string | Buffer;
  readonly bytes: number;
  readonly etag: string | undefined;
}

/** A longer body is not worth the copy into a text. */
const maxTextBytes = 64 * 1_024;

const security = headerList(securityHeaders);

/** @param headers the response's own ones; security headers, length and entity tag are added */
export function httpResponse(status: number, body: Buffer, headers: HeaderList, etag?: string): HttpResponse {
  const all = [...security, ...headers, 'content-length', String(body.length)];
  if (etag !== undefined) all.push('etag', etag);
  // Node joins a text to the headers and writes once; bytes would be a second write, and twice the cost.
  const sent = body.length > maxTextBytes ? body : body.toString('latin1');
  return { status, headers: all, body: sent, bytes: body.length, etag };
}

/** A response that has only headers. */
export function emptyResponse(status: number, headers: HeaderList): HttpResponse {
  return { status, headers: [...security, ...headers], body: '', bytes: 0, etag: undefined };
}

export const noContent = emptyResponse(204, headerList(notStored));

/** Sends a response, or 304 to a reader that has it. It is written past Fastify, whose own way costs twice as much. */
export function sendResponse(request: FastifyRequest, reply: FastifyReply, response: HttpResponse): void {
  const known = isNotModified(request.method, request.headers['if-none-match'], response.etag);
  const { status, headers, body } = known ? notModified(response) : response;
  reply.hijack();
  reply.raw.writeHead(status, [...request.replyHeaders, ...headers]);
  reply.raw.end(body, 'latin1');
  request.completed(status);
}

/** Whether the reader has this response already (RFC 9110, 13.1.2). */
export function isNotModified(
  method: string | undefined,
  ifNoneMatch: string | undefined,
  etag: string | undefined,
): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false;
  return (method === 'GET' || method === 'HEAD') && matchesEtag(ifNoneMatch, etag);
}

/** The same headers without those of the content that is not sent. */
export function notModified({ headers, etag }: HttpResponse): HttpResponse {
  const kept: string[] = [];
  for (let at = 0; at < headers.length; at += 2) {
    const [name = '', value = ''] = [headers[at], headers[at + 1]];
    if (name !== 'content-length' && name !== 'content-type') kept.push(name, value);
  }
  return { status: 304, headers: kept, body: '', bytes: 0, etag };
}

/** Pages may use what data must not: the policy of all other responses is replaced. */
export function withPolicy(response: HttpResponse, policy: string): HttpResponse {
  const headers = [...response.headers];
  headers[headers.indexOf('content-security-policy') + 1] = policy;
  return { ...response, headers };
}
