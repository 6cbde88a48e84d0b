import { Problem, problems, type ProblemCode } from '#contracts';
import { problemBody } from '../http/problem.js';
import type { JsonSchema } from './schemas.js';

const text = { type: 'string' };

/** RFC 9457, with our stable `code`. */
export const problemSchema: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: text,
    status: { type: 'integer' },
    detail: text,
    code: { type: 'string', enum: Object.keys(problems) },
    errors: {
      type: 'array',
      description: 'Every fault of the request: `pointer` into the body, or the name of a `parameter`',
      items: {
        type: 'object',
        required: ['message'],
        properties: { pointer: { type: 'string', format: 'json-pointer' }, parameter: text, message: text },
      },
    },
    results: {
      type: 'array',
      description: 'What became of each entry of a file that was refused as a whole',
      items: {},
    },
    conflicts: { type: 'array', description: 'What the request collides with', items: {} },
    requestId: text,
  },
};

/** How each refusal looks; what is said in `detail` depends on the request. */
export const problemExamples: JsonSchema = Object.fromEntries(
  Object.keys(problems).map((code) => [code, { value: exampleProblem(code as ProblemCode) }]),
);

/** How a refusal looks; what is said in `detail` depends on the request. */
function exampleProblem(code: ProblemCode): Record<string, unknown> {
  const errors = code === 'request.invalid' ? [{ pointer: '/name', message: 'is missing' }] : undefined;
  const problem = new Problem(code, `${problems[code].title}.`, errors === undefined ? {} : { errors });
  return problemBody(problem, '019b2f5e-7c00-7000-8000-0000000000ff');
}

const visibleAscii = '^[\\x21-\\x7e]+$';

export const sharedParameters: JsonSchema = {
  XRequestId: {
    name: 'X-Request-Id',
    in: 'header',
    description:
      'An id of your own for this request; it comes back and stands in the logs. One that is not of 1 to 128 visible ASCII characters is replaced',
    schema: { type: 'string' },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'A repeat with the same key and body within 24 h has no second effect and gets the first answer',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: visibleAscii },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description:
      'The ETag that the change is meant for; its version is compared, and a stale one is refused with 412',
    schema: text,
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The ETag of what you have; 304 when it is still right',
    schema: text,
  },
  LastEventId: {
    name: 'Last-Event-ID',
    in: 'header',
    description: 'The `id` that came last: the stream goes on behind it',
    schema: { type: 'string', maxLength: 512 },
  },
};

export const sharedHeaders: JsonSchema = {
  'X-Request-Id': { required: true, description: 'The id of this request', schema: text },
  ETag: { description: 'Changes with anything shown', schema: text },
  'Cache-Control': { description: '`public, max-age=1` for the public, else `no-store`', schema: text },
  'Retry-After': { required: true, description: 'Seconds to wait', schema: { type: 'integer', minimum: 1 } },
  RateLimit: {
    description: 'Requests left, and seconds until all are back; only where a limit is set (IETF draft)',
    schema: text,
  },
  'RateLimit-Policy': {
    description: 'The limit that counts here: `q` requests in `w` seconds',
    schema: text,
  },
  'WWW-Authenticate': { required: true, description: 'Always `Bearer`', schema: text },
  'Idempotency-Replayed': {
    description: '`true` when an earlier request with this key gave the answer',
    schema: { const: 'true' },
  },
  'Set-Cookie': { description: 'The cookie of the sign-in, or of the browser that asked', schema: text },
  Location: { description: 'Where what was begun can be looked at', schema: text },
  'Content-Disposition': { description: 'The name of the file', schema: text },
};
