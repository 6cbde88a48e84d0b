import type { IncomingMessage } from 'node:http';
import { v7 as uuidv7 } from 'uuid';

const visibleAscii = /^[\x21-\x7e]{1,128}$/;

/** The caller's own id of the request where it is one, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && visibleAscii.test(given) ? given : uuidv7();
}
