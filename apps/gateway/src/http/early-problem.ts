import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import { Problem } from '#contracts';
import { strictTransport, type HeaderList } from './headers.js';
import { problemResponse } from './problem.js';
import { requestIdOf } from './request-id.js';
import { unmatchedRoute } from './route-metrics.js';

/** Problems of what never reaches the router: no readable HTTP, too many headers, no single host, slow senders. */

/** The response that a socket is busy with, as Node's HTTP server keeps it. */
type HttpSocket = Socket & { _httpMessage?: ServerResponse & { req: IncomingMessage } };

const methods = 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT';
/** The characters that an authority may have (RFC 3986, 3.2). */
const authority = /^[\w.~!$&'()*+,;=:%[\]-]*$/;

/** Handles Node's `clientError`: bytes that are no HTTP, or a request that did not arrive whole in time. */
export function handleClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const { _httpMessage: underWay } = socket as HttpSocket;
  if (underWay?.req.complete === true) {
    // The error is in what came behind a request that is being answered: its response still goes out, as the last one.
    underWay.shouldKeepAlive = false;
    return;
  }
  if (!socket.writable || underWay?.headersSent === true) {
    socket.destroy();
    return;
  }
  endWith(socket, problemFor(error.code));
}

/** Handles CONNECT, which makes no request of its own: this is no proxy. */
export function handleConnect(_request: IncomingMessage, socket: Duplex): void {
  endWith(socket, new Problem('request.method_not_allowed', `Supported methods: ${methods}.`), [
    'allow',
    methods,
  ]);
}

/** Header lines of a request at most. */
export const maxHeaderLines = 200;

/**
 * What is wrong with a request as such, whatever it asks for: too many headers, or not one host (RFC 9112, 3.2), of
 * which a proxy and this server could take different ones. HTTP/1.0 may leave the host out.
 */
export function requestFault({ rawHeaders, headers, httpVersion }: IncomingMessage): Problem | undefined {
  if (rawHeaders.length > 2 * maxHeaderLines)
    return new Problem('request.too_large', `A request may have ${maxHeaderLines} headers at most.`);
  const hosts = countHosts(rawHeaders);
  if (hosts === 0 && httpVersion === '1.0') return undefined;
  if (hosts === 1 && authority.test(headers.host ?? '')) return undefined;
  return new Problem('request.malformed', 'The request must have exactly one valid Host header.');
}

function countHosts(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}

/** For requests that no hook of the server has seen. */
export function sendEarlyProblem(
  request: IncomingMessage,
  response: ServerResponse,
  problem: Problem,
  more: HeaderList = [],
): void {
  const id = requestIdOf(request);
  const { status, headers, body } = problemResponse(problem, id);
  const overTls = request.headers['x-forwarded-proto'] === 'https' ? strictTransport : [];
  response.writeHead(status, ['x-request-id', id, ...more, ...overTls, ...headers]);
  response.end(body, 'latin1');
  unmatchedRoute(request.method ?? '').record(status, 0);
}

function problemFor(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Problem(
      'request.too_large',
      `The path and the headers together may have 16 KiB and ${maxHeaderLines} lines at most.`,
    );
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW')
    return new Problem('request.too_large', 'The extensions of a chunk may have 16 KiB at most.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new Problem('request.malformed', 'The request did not arrive in time.');
  return new Problem('request.malformed', 'Malformed HTTP request.');
}

function endWith(socket: Duplex, problem: Problem, more: HeaderList = []): void {
  const requestId = uuidv7();
  const { status, headers, body } = problemResponse(problem, requestId);
  const all = ['x-request-id', requestId, 'connection', 'close', ...more, ...headers];
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`];
  for (let at = 0; at < all.length; at += 2) lines.push(`${all[at]}: ${all[at + 1]}`);
  socket.end(`${lines.join('\r\n')}\r\n\r\n${String(body)}`, 'latin1');
}
