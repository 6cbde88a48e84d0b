import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#contracts';

/** The formats of a file by media type, and its size limit. */
export interface FileFormats {
  formats: Readonly<Record<string, string>>;
  maxBytes: number;
}

/** XML names its encoding in its first line, in either kind of quotes. */
const declaredEncoding = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]{1,40})["']/;

/** Parses bodies that are files: they go on as text, with their format by media type. */
export function addFileBodyParsers(server: FastifyInstance, files: FileFormats): void {
  server.removeAllContentTypeParsers();
  for (const [mediaType, format] of Object.entries(files.formats)) {
    server.addContentTypeParser(
      mediaType,
      { parseAs: 'buffer', bodyLimit: files.maxBytes },
      (request, body, done) => {
        try {
          assertNotCompressed(request, files);
          done(null, { format, text: textOf(body as Buffer) });
        } catch (error) {
          done(error as Error);
        }
      },
    );
  }
  server.addContentTypeParser('*', (_request, _payload, done) => done(wrongType(files), undefined));
}

/** UTF-8 unless an XML declaration names another encoding. A byte that is none in it is refused, not replaced. */
function textOf(body: Buffer): string {
  const encoding = declaredEncoding.exec(body.toString('latin1', 0, 200))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body);
  } catch {
    throw new Problem('request.malformed', `The body is not text in ${encoding}.`);
  }
}

function assertNotCompressed(request: FastifyRequest, files: FileFormats): void {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw wrongType(files);
}

function wrongType({ formats }: FileFormats): Problem {
  const types = Object.keys(formats).join(', ');
  return new Problem('request.unsupported_media_type', `Send the file as one of ${types}, not compressed.`);
}
