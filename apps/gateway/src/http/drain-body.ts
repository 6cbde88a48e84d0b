import type { IncomingMessage } from 'node:http';

/** What is read of a refused body at most. */
const maxDrainBytes = 64 * 1024 * 1024;
const maxDrainMs = 3_000;

/**
 * Reads the rest of a refused body away. A connection that is closed while its sender still writes is reset, and the
 * sender then never sees why it was refused.
 */
export function drainBody(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    if (request.readableEnded || request.destroyed) return resolve();
    let bytes = 0;
    const timer = setTimeout(resolve, maxDrainMs).unref();
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxDrainBytes) done();
    });
    for (const event of ['end', 'close', 'error']) request.once(event, done);
  });
}
