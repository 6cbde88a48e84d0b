import { hasVersion, type Operation } from '../operations/operation.js';
import { etagOf, versionOf } from '../http/etag.js';
import { headerList, jsonType, notStored, type HeaderList } from '../http/headers.js';
import { httpResponse, withPolicy, type HttpResponse } from '../http/response.js';

/** Whom a response is for. Anybody may keep what the public reads for a second, but not show it to callers with a key. */
export type Audience = 'public' | 'caller';

const caching: Record<Audience, HeaderList> = {
  public: headerList({ 'cache-control': 'public, max-age=1', vary: 'Authorization, Cookie' }),
  caller: headerList(notStored),
};
const json: Record<Audience, HeaderList> = {
  public: [...caching.public, 'content-type', jsonType],
  caller: [...caching.caller, 'content-type', jsonType],
};

/** Makes the HTTP response from a service's answer: JSON as it came, other formats as the operation renders them. */
export function operationResponse(
  operation: Operation,
  answer: Uint8Array,
  audience: Audience,
): HttpResponse | Promise<HttpResponse> {
  const body = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
  const { present } = operation;
  if (present !== undefined) {
    const shown = present(JSON.parse(body.toString('utf8')) as never);
    return jsonResponse(operation, Buffer.from(JSON.stringify(shown)), audience);
  }
  if (operation.format !== undefined)
    return rendered(operation.status, operation.format, body, caching[audience]);
  return jsonResponse(operation, body, audience);
}

function jsonResponse(operation: Operation, body: Buffer, audience: Audience): HttpResponse {
  const { location } = operation;
  const headers =
    location === undefined
      ? json[audience]
      : [...json[audience], 'location', location(JSON.parse(body.toString('utf8')) as never)];
  return httpResponse(operation.status, body, headers, etagFor(operation, body));
}

async function rendered(
  status: number,
  { render, fileName, mediaType, policy }: NonNullable<Operation['format']>,
  answer: Buffer,
  cacheHeaders: HeaderList,
): Promise<HttpResponse> {
  const output = JSON.parse(answer.toString('utf8')) as never;
  const made = await render(output);
  const body = typeof made === 'string' ? Buffer.from(made) : made;
  const headers = [...cacheHeaders, 'content-type', mediaType];
  if (fileName !== undefined) headers.push('content-disposition', attachment(fileName(output)));
  const response = httpResponse(status, body, headers, etagOf(body, undefined));
  return policy === undefined ? response : withPolicy(response, policy);
}

/** Single resources are tagged by version, other reads by their bytes alone. */
function etagFor(operation: Operation, body: Buffer): string | undefined {
  if (hasVersion(operation)) return etagOf(body, versionOf(body));
  return operation.method === 'GET' ? etagOf(body, undefined) : undefined;
}

/** RFC 6266 with the RFC 8187 form, so that names in any script arrive. */
function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\w.-]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`;
}
