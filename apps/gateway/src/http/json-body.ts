import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#contracts';
import { notJson } from './problem.js';

export const maxBodyBytes = 1024 * 1024;
const maxIgnoredBytes = 16 * 1024;

const byteOrderMark = '\uFEFF';

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

/** Takes bodies of any kind and leaves them unread. */
export function addIgnoringBodyParser(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: maxIgnoredBytes },
    (_request, _body, done) => done(null, undefined),
  );
}

function parseJson(request: FastifyRequest, body: Buffer): unknown {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw notJson();
  if (body.length === 0) return undefined;
  // A byte that is no UTF-8 would be replaced, and something be stored that nobody sent.
  if (!isUtf8(body)) throw notUtf8Json();
  try {
    const text = body.toString('utf8');
    return JSON.parse(text.startsWith(byteOrderMark) ? text.slice(1) : text);
  } catch {
    throw notUtf8Json();
  }
}

function notUtf8Json(): Problem {
  return new Problem('request.malformed', 'The body is not JSON in UTF-8.');
}
