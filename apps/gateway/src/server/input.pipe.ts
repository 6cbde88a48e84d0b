import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  Problem,
  invalidRequest,
  notFound,
  parseOrRefuse,
  pointerPart,
  type Browser,
  type RequestFault,
} from '#contracts';
import { pathParameters, type Operation } from '../operations/operation.js';
import { assertBodyLimits } from '../http/body-limits.js';

export type Fields = Record<string, unknown>;

/** Input after validation, and its JSON, which is made once. */
export interface ValidInput {
  readonly fields: Fields;
  readonly json: string;
  /** The JSON without what the gateway fills in about the browser. */
  readonly givenJson: string;
}

const maxNamedFields = 100;

/** Reads and validates the input of one operation: path, query and body by its contract. */
export class InputPipe {
  private readonly schema: Operation['signature']['input'];
  private readonly pathNames: readonly string[];
  /** What a query must not name: the path, the body, and what the gateway fills in. */
  private readonly reserved: readonly string[];
  private readonly takesBody: boolean;
  private readonly isRead: boolean;
  private readonly needsBrowser: boolean;

  constructor(
    operation: Operation,
    private readonly baseUrl: string,
    /** The browser, for operations that need it. */
    private readonly browserOf: ((request: FastifyRequest) => Browser) | null = null,
  ) {
    const { input } = operation.signature;
    this.schema = input;
    this.pathNames = pathParameters(operation.path);
    this.reserved = [...this.pathNames, 'body', ...(operation.needsBaseUrl ? ['baseUrl'] : [])];
    this.takesBody = 'shape' in input && 'body' in (input.shape as object);
    this.isRead = operation.method === 'GET';
    this.needsBrowser = operation.needsBrowser === true;
  }

  transform(request: FastifyRequest): ValidInput {
    const query = request.query as Fields;
    rejectReservedParameters(query, this.reserved);
    this.rejectRepeatedParameters(query);
    const given: Fields = { ...query, ...(request.params as Fields) };
    if (this.reserved.includes('baseUrl')) given['baseUrl'] = this.baseUrl;
    if (this.takesBody) {
      assertBodyLimits(request.body);
      if (request.body !== undefined) given['body'] = request.body;
    } else if (!this.isRead) rejectBody(request.body);
    const parsed = this.parse(given);
    const givenJson = JSON.stringify(parsed);
    if (!this.needsBrowser || this.browserOf === null) return { fields: parsed, json: givenJson, givenJson };
    const fields = { ...parsed, browser: this.browserOf(request) };
    return { fields, json: JSON.stringify(fields), givenJson };
  }

  /** A path parameter that can't be an id names nothing, so it is 404 and not 422. */
  private parse(fields: Fields): Fields {
    try {
      return parseOrRefuse(this.schema, fields, []) as Fields;
    } catch (error) {
      if (error instanceof Problem && error.extra.errors?.some((fault) => this.isInPath(fault)))
        throw notFound('resource');
      throw error;
    }
  }

  /** `?limit=5&limit=6` names two limits. Parameters that take several values may be repeated. */
  private rejectRepeatedParameters(query: Fields): void {
    const shape = 'shape' in this.schema ? (this.schema.shape as Partial<Record<string, z.ZodType>>) : {};
    const repeated = Object.entries(query)
      .filter(([name, value]) => Array.isArray(value) && takesOneAlone(shape[name], value))
      .map(([name]) => name);
    rejectParameters(repeated, 'must be given once');
  }

  private isInPath(fault: RequestFault): boolean {
    return 'parameter' in fault && this.pathNames.includes(fault.parameter);
  }
}

function rejectReservedParameters(query: Fields, reserved: readonly string[]): void {
  rejectParameters(
    reserved.filter((name) => name in query),
    'is not a known query parameter',
  );
}

function takesOneAlone(schema: z.ZodType | undefined, [first]: readonly unknown[]): boolean {
  return schema?.safeParse(first).success === true && !schema.safeParse([first]).success;
}

function rejectParameters(names: readonly string[], message: string): void {
  if (names.length > 0) throw invalidRequest(names.map((parameter) => ({ parameter, message })));
}

/** Where no body is expected, an empty object does no harm; anything in it would be ignored, so it is refused. */
function rejectBody(body: unknown): void {
  if (body === undefined) return;
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const keys = isObject ? Object.keys(body).slice(0, maxNamedFields) : [];
  if (isObject && keys.length === 0) return;
  const errors = isObject
    ? keys.map((key) => ({ pointer: `/${pointerPart(key)}`, message: 'is not a known field' }))
    : [{ pointer: '', message: 'must be left out or empty' }];
  throw new Problem('request.invalid', 'This operation takes no body.', { errors });
}
