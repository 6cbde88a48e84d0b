import { readFileSync } from 'node:fs';
import { tags, type Operation } from '../operations/operation.js';
import { headerRefs, operationObject } from './operation-object.js';
import { answerSchemas, type JsonSchema } from './schemas.js';
import { problemExamples, problemSchema, sharedHeaders, sharedParameters } from './shared-components.js';

const description = [
  'Stops of a workshop tour, delegations of companies, sharing sessions and their timetables.',
  'Errors are RFC 9457 problems with a stable `code`. An id in a path that is no UUID is 404, as if it did not exist.',
  'Unknown query parameters and body fields are refused with 422. A key that does not work is 401 everywhere, also on public paths.',
  "A version's ETag goes back as `If-Match`. In a list of tags the newest version counts.",
].join('\n\n');

/** The OpenAPI 3.1 document of the table of operations. */
export function openApiDocument(operations: readonly Operation[], version: string): JsonSchema {
  const schemas = answerSchemas(operations);
  const paths: Record<string, JsonSchema> = {};
  for (const operation of operations) {
    const item = (paths[operation.path] ??= {});
    item[operation.method.toLowerCase()] = operationObject(operation, schemas);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Waystop', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    tags: [...tags, 'Operations'].map((name) => ({ name })),
    paths: { ...paths, ...healthPaths() },
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'Authorization: Bearer <API key>' },
        signIn: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-waystop',
          description:
            'The cookie of a signed-in person (`waystop` without TLS on a loopback address). What changes something ' +
            "needs `Sec-Fetch-Site: same-origin` or the installation's `Origin`.",
        },
      },
      parameters: sharedParameters,
      headers: sharedHeaders,
      examples: problemExamples,
      schemas: { ...schemas.components, Problem: problemSchema },
    },
  };
}

function healthPaths(): Record<string, JsonSchema> {
  const health = (operationId: string, summary: string, statuses: Record<string, string>) => ({
    get: {
      operationId,
      tags: ['Operations'],
      summary,
      security: [{}],
      responses: Object.fromEntries(
        Object.entries(statuses).map(([status, text]) => [
          status,
          {
            description: text,
            headers: headerRefs(['X-Request-Id']),
            content: { 'application/json': { schema: healthSchema } },
          },
        ]),
      ),
    },
  });
  return {
    '/health/live': health('getLiveness', 'Whether the gateway runs', { 200: 'It runs' }),
    '/health/ready': health('getReadiness', 'Whether the whole system answers', {
      200: 'All services answer',
      503: 'At least one does not',
    }),
  };
}

const healthSchema: JsonSchema = {
  type: 'object',
  required: ['status'],
  properties: {
    status: { enum: ['ok', 'unavailable'] },
    checks: { type: 'object', additionalProperties: { enum: ['ok', 'failed'] } },
  },
};

/** The version of the project, from its package.json above this file, compiled or not. */
export function projectVersion(): string {
  for (let folder = new URL('.', import.meta.url); folder.pathname !== '/'; folder = new URL('..', folder)) {
    try {
      return (JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as { version: string })
        .version;
    } catch {
      continue;
    }
  }
  return '0.0.0';
}
