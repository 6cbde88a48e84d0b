import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#contracts';
import { decodeText, encodingOf } from './decode-text.js';

/** The formats of a file by media type, and its size limit. */
export interface FileFormats {
  formats: Readonly<Record<string, string>>;
  maxBytes: number;
}

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
          done(null, { format, text: textOf(body as Buffer, request) });
        } catch (error) {
          done(error as Error);
        }
      },
    );
  }
  server.addContentTypeParser('*', (_request, _payload, done) => done(wrongType(files), undefined));
}

/** A media type that can't be read is answered as one that is not taken; it ends before any parser is asked. */
export function fileProblem(error: unknown, files: FileFormats): unknown {
  const { code } = error as { code?: string };
  return code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' ? wrongType(files) : error;
}

function textOf(body: Buffer, request: FastifyRequest): string {
  const encoding = encodingOf(body, request.headers['content-type']);
  const text = decodeText(body, encoding);
  if (text === null) throw new Problem('request.malformed', `The encoding ${encoding} is not known.`);
  return text;
}

function assertNotCompressed(request: FastifyRequest, files: FileFormats): void {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw wrongType(files);
}

function wrongType({ formats }: FileFormats): Problem {
  const types = Object.keys(formats).join(', ');
  return new Problem('request.unsupported_media_type', `Send the file as one of ${types}, not compressed.`);
}
