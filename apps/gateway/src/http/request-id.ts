import { randomFillSync } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { v7 as uuidv7 } from 'uuid';

const visibleAscii = /^[\x21-\x7e]{1,128}$/;

/** Randomness is fetched for many ids at once: a fetch for each took a twelfth of a public read's time. */
const randomness = Buffer.alloc(16 * 512);
let used = randomness.length;

/** The caller's own id of the request where that is usable, else a new UUIDv7. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && visibleAscii.test(given) ? given : newRequestId();
}

function newRequestId(): string {
  if (used === randomness.length) {
    randomFillSync(randomness);
    used = 0;
  }
  used += 16;
  return uuidv7({ random: randomness.subarray(used - 16, used) });
}
