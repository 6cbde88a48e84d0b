import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#contracts';
import type { Operation } from '../operations/operation.js';

/** XML says in its first line how it is written; both ways of quoting. */
const declaredEncoding = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]{1,40})["']/;

/** Reads bodies that are files: they go on as text, with their format by media type. */
export function addFileBodyParsers(
  server: FastifyInstance,
  files: NonNullable<Operation['takesFile']>,
): void {
  server.removeAllContentTypeParsers();
  for (const [mediaType, format] of Object.entries(files.formats)) {
    server.addContentTypeParser(
      mediaType,
      { parseAs: 'buffer', bodyLimit: files.maxBytes },
      (request, body, done) => {
        try {
          refuseCompressed(request, files);
          done(null, { format, text: textOf(body as Buffer) });
        } catch (error) {
          done(error as Error);
        }
      },
    );
  }
  server.addContentTypeParser('*', (_request, _payload, done) => done(wrongType(files), undefined));
}

/** UTF-8 unless an XML declaration says otherwise. A byte that is none in that encoding is refused, not replaced. */
function textOf(body: Buffer): string {
  const encoding = declaredEncoding.exec(body.toString('latin1', 0, 200))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body);
  } catch {
    throw new Problem('request.malformed', `The body is not text in ${encoding}.`);
  }
}

function refuseCompressed(request: FastifyRequest, files: NonNullable<Operation['takesFile']>): void {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw wrongType(files);
}

function wrongType({ formats }: NonNullable<Operation['takesFile']>): Problem {
  const types = Object.keys(formats).join(', ');
  return new Problem('request.unsupported_media_type', `Send the file as one of ${types}, not compressed.`);
}
