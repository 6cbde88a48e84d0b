import type { Socket } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { Problem, problems, type ProblemCode } from '#contracts';
import { notStored, securityHeaders } from './headers.js';
import { problemBody, problemType } from './problem.js';

/** Answers what never became a request: broken HTTP, headers too long, senders too slow. */
export function handleClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const [code, detail] = meaningOf(error.code);
  const requestId = uuidv7();
  const body = JSON.stringify(problemBody(new Problem(code, detail), requestId));
  const headers = Object.entries({ ...securityHeaders, ...notStored, 'x-request-id': requestId });
  const { status } = problems[code];
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: ${problemType}\r\n` +
      headers.map(([name, value]) => `${name}: ${value}\r\n`).join('') +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function meaningOf(code: string | undefined): [ProblemCode, string] {
  if (code === 'HPE_HEADER_OVERFLOW') return ['request.too_large', 'The headers may have 16 KiB at most.'];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return ['request.malformed', 'The request did not arrive in time.'];
  return ['request.malformed', 'This is not HTTP as it can be read here.'];
}
