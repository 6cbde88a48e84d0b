import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#contracts';
import { notJson } from './problem.js';

export const maxBodyBytes = 1024 * 1024;

/** A byte that is no UTF-8 is refused instead of replaced, so that nothing is stored that nobody sent. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Parses JSON bodies, and refuses every other kind unless it is empty. */
export function addJsonBodyParser(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'buffer', bodyLimit: maxBodyBytes },
    (request, body, done) => {
      try {
        done(null, parseJson(request, body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  server.addContentTypeParser('*', (request, _payload, done) => {
    done(request.headers['content-length'] === '0' ? null : notJson(), undefined);
  });
}

function parseJson(request: FastifyRequest, body: Buffer): unknown {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw notJson();
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    throw new Problem('request.malformed', 'The body is not JSON in UTF-8.');
  }
}
