import { problems, type ProblemCode } from '#contracts';
import { hasVersion, pathParameters, takesIfMatch, type Operation } from '../operations/operation.js';
import { exampleBodies, exampleSchedule } from './example-bodies.js';
import { byStatus, problemCodesOf } from './problem-codes.js';
import { inputSchema, type JsonSchema, type Schemas } from './schemas.js';

/** The OpenAPI 3.1 operation object of one operation. */
export function operationObject(operation: Operation, schemas: Schemas): JsonSchema {
  const { id, tag, summary, description, access } = operation;
  const input = inputSchema(operation);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    'x-roles': access,
    security: [...(access.includes('public') ? [{}] : []), { apiKey: [] }, { signIn: [] }],
    parameters: [...ownParameters(operation, input), ...headerParameters(operation)],
    ...requestBody(input, operation),
    responses: { ...success(operation, schemas), ...refusals(operation) },
  };
}

type Input = ReturnType<typeof inputSchema>;

function ownParameters(operation: Operation, { properties, required }: Input): JsonSchema[] {
  const inPath = new Set(pathParameters(operation.path));
  return Object.entries(properties)
    .filter(([name]) => name !== 'body' && !(operation.needsBaseUrl && name === 'baseUrl'))
    .map(([name, schema]) => ({
      name,
      in: inPath.has(name) ? 'path' : 'query',
      required: inPath.has(name) || (required.includes(name) && schema['default'] === undefined),
      // Several values stand in one parameter, with commas between them.
      ...(schema['type'] === 'array' ? { style: 'form', explode: false } : {}),
      schema,
    }));
}

function headerParameters(operation: Operation): JsonSchema[] {
  const names = ['XRequestId'];
  if (operation.method === 'POST') names.push('IdempotencyKey');
  if (takesIfMatch(operation)) names.push('IfMatch');
  if (operation.streamsEvents) names.push('LastEventId');
  else if (operation.method === 'GET') names.push('IfNoneMatch');
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
}

function requestBody({ properties }: Input, { id, signature, method, takesFile }: Operation): JsonSchema {
  if (takesFile !== undefined) return fileBody(takesFile.formats);
  const schema = properties['body'];
  if (schema === undefined) return {};
  const required = !signature.input.safeParse({}).error?.issues.every(({ path }) => path[0] !== 'body');
  const media = { schema, ...(id in exampleBodies ? { example: exampleBodies[id] } : {}) };
  const content: JsonSchema = { 'application/json': media };
  if (method === 'PATCH') content['application/merge-patch+json'] = media;
  return { requestBody: { required, content } };
}

/** A file is written down by its formats; what is in it, others have standardized. */
function fileBody(formats: Readonly<Record<string, string>>): JsonSchema {
  const mediaOf = (format: string) =>
    format === 'json'
      ? { schema: { type: 'object' }, example: exampleSchedule }
      : { schema: { type: 'string' } };
  const content = Object.entries(formats).map(([type, format]) => [type, mediaOf(format)]);
  return { requestBody: { required: true, content: Object.fromEntries(content) as JsonSchema } };
}

function success(operation: Operation, schemas: Schemas): JsonSchema {
  const { status, method, format } = operation;
  const headers = successHeaders(operation);
  if (status === 204) return { 204: { description: 'Done; no body', headers } };
  const content =
    format === undefined
      ? { 'application/json': { schema: schemas.answerOf(operation) } }
      : { [format.mediaType]: { schema: format.schema ?? { type: 'string' } } };
  const description = status === 201 ? 'Made' : 'Done';
  const unchanged =
    method === 'GET' && !operation.streamsEvents
      ? { 304: { description: 'Not changed since the ETag that was sent', headers } }
      : {};
  return { [status]: { description, headers, content }, ...unchanged };
}

function successHeaders(operation: Operation): JsonSchema {
  const names = ['X-Request-Id', 'Cache-Control', 'RateLimit', 'RateLimit-Policy'];
  if ((operation.method === 'GET' && !operation.streamsEvents) || hasVersion(operation)) names.push('ETag');
  if (operation.method === 'POST') names.push('Idempotency-Replayed');
  if (operation.format?.fileName !== undefined) names.push('Content-Disposition');
  if (operation.location !== undefined) names.push('Location');
  if (operation.setsCookies !== undefined) names.push('Set-Cookie');
  return headerRefs(names);
}

function refusals(operation: Operation): JsonSchema {
  const grouped = byStatus(problemCodesOf(operation));
  return Object.fromEntries([...grouped].map(([status, codes]) => [status, refusal(status, codes)]));
}

export function refusal(status: number, codes: readonly ProblemCode[]): JsonSchema {
  const lines = codes.map((code) => `- \`${code}\`: ${problems[code].title}`);
  const extra =
    status === 401 ? ['WWW-Authenticate'] : status === 429 || status === 503 ? ['Retry-After'] : [];
  const own = { properties: { status: { const: status }, code: { enum: codes } } };
  return {
    description: lines.join('\n'),
    headers: headerRefs(['X-Request-Id', 'RateLimit', 'RateLimit-Policy', ...extra]),
    content: {
      'application/problem+json': {
        schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, own] },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}

export function headerRefs(names: readonly string[]): JsonSchema {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
