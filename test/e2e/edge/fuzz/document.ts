import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Answer } from './send.js';

export type JsonSchema = Record<string, unknown>;

interface Media {
  schema?: JsonSchema;
}
interface WrittenResponse {
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, Media>;
}
interface WrittenOperation {
  operationId: string;
  'x-roles'?: string[];
  parameters?: ({ name: string; in: string; schema: JsonSchema; required?: boolean } | { $ref: string })[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, WrittenResponse>;
}

/** One operation as the document describes it. */
export interface Described {
  id: string;
  method: string;
  path: string;
  roles: string[];
  query: { name: string; schema: JsonSchema; required: boolean }[];
  body: JsonSchema | undefined;
  responses: Record<string, WrittenResponse>;
}

/** The OpenAPI document as a client has it: what may be sent, and whether an answer is one that it names. */
export class ApiDocument {
  readonly operations: Described[];
  private readonly ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });

  constructor(private readonly document: JsonSchema) {
    (formats as unknown as (ajv: Ajv2020) => void)(this.ajv);
    this.ajv.addSchema(document, 'api');
    const paths = document['paths'] as Record<string, Record<string, WrittenOperation>>;
    this.operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, written]) => described(path, method, written)),
    );
  }

  /** What is wrong with an answer, in one line; nothing where the document allows it. */
  faultOf({ id, path, method, responses }: Described, answer: Answer): string | undefined {
    const written = responses[String(answer.status)];
    if (written === undefined) return `${id} does not document ${answer.status} (${answer.codeOrType})`;
    const place = ['paths', path, method.toLowerCase(), 'responses', String(answer.status)];
    return this.headersFault(written, answer) ?? this.bodyFault(place, written, answer);
  }

  /** What is wrong with an answer that no operation gave: it must be a problem, or a page where the path is a page's. */
  problemFault(path: string, answer: Answer): string | undefined {
    if (answer.status < 400) return `${answer.status} for what nobody serves`;
    if (!path.startsWith('/v1/') && answer.contentType.startsWith('text/html')) return undefined;
    if (!answer.contentType.startsWith('application/problem+json'))
      return `no problem: ${answer.contentType}`;
    return this.schemaFault(['components', 'schemas', 'Problem'], answer.json());
  }

  private headersFault({ headers = {} }: WrittenResponse, answer: Answer): string | undefined {
    for (const [name, { $ref }] of Object.entries(headers)) {
      const { required } = this.lookUp($ref) as { required?: boolean };
      if (required === true && answer.headers[name.toLowerCase()] === undefined) return `no header ${name}`;
    }
    return undefined;
  }

  private bodyFault(place: string[], { content }: WrittenResponse, answer: Answer): string | undefined {
    if (content === undefined) return answer.text === '' ? undefined : 'a body where none is documented';
    const media = Object.keys(content).find((one) => answer.contentType.startsWith(one.split(';')[0] ?? ''));
    if (media === undefined) return `the undocumented media type ${answer.contentType}`;
    if (!media.includes('json')) return undefined;
    return this.schemaFault([...place, 'content', media, 'schema'], answer.json());
  }

  private schemaFault(place: string[], value: unknown): string | undefined {
    const pointer = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
    const validate = this.ajv.getSchema(`api#/${pointer.join('/')}`);
    if (validate === undefined) return `no schema at ${place.join('/')}`;
    return validate(value) === true ? undefined : `schema: ${this.ajv.errorsText(validate.errors)}`;
  }

  private lookUp(reference: string): unknown {
    return reference
      .replace('#/', '')
      .split('/')
      .reduce<unknown>((at, name) => (at as JsonSchema)[name], this.document);
  }
}

function described(path: string, method: string, written: WrittenOperation): Described {
  const query = (written.parameters ?? []).flatMap((one) =>
    'in' in one && one.in === 'query'
      ? [{ name: one.name, schema: one.schema, required: one.required === true }]
      : [],
  );
  return {
    id: written.operationId,
    method: method.toUpperCase(),
    path,
    roles: written['x-roles'] ?? ['public'],
    query,
    body: written.requestBody?.content['application/json']?.schema,
    responses: written.responses,
  };
}
