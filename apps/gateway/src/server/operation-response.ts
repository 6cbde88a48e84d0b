import type { Operation } from '../operations/operation.js';
import { httpResponse, jsonType, type HttpResponse } from '../http/response.js';
import { etagOf, versionOf } from '../http/etag.js';

/**
 * For answers to callers without a key: anybody may keep them for a second, but not show them to callers with one, nor
 * to pages of another origin.
 */
export const publicHeaders = { 'cache-control': 'public, max-age=1', vary: 'Authorization, Origin' } as const;

/** Makes the HTTP answer from what a service said: JSON as it came, other kinds as the operation says. */
export function operationResponse(
  operation: Operation,
  said: Uint8Array,
  headers: Readonly<Record<string, string>>,
): HttpResponse {
  const body = Buffer.from(said.buffer, said.byteOffset, said.byteLength);
  const { format } = operation;
  if (format === undefined) {
    return httpResponse(
      operation.status,
      body,
      { ...headers, 'content-type': jsonType },
      etagFor(operation, body),
    );
  }
  const output = JSON.parse(body.toString('utf8')) as never;
  const made = format.render(output);
  const bytes = typeof made === 'string' ? Buffer.from(made) : made;
  const named = format.fileName === undefined ? {} : attachment(format.fileName(output));
  const own = { ...headers, ...named, 'content-type': format.mediaType };
  return httpResponse(operation.status, bytes, own, etagOf(bytes, undefined));
}

/** Single resources are tagged by version, other reads by their bytes alone. */
function etagFor(operation: Operation, body: Buffer): string | undefined {
  if (hasVersion(operation)) return etagOf(body, versionOf(body));
  return operation.method === 'GET' ? etagOf(body, undefined) : undefined;
}

export function hasVersion({ signature }: Operation): boolean {
  return 'shape' in signature.output && 'version' in (signature.output.shape as object);
}

/** RFC 6266 with the RFC 8187 form, so that names in any script arrive. */
function attachment(fileName: string): Record<string, string> {
  const plain = fileName.replace(/[^\w.-]/g, '_');
  return {
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  };
}
