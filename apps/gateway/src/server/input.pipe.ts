import type { FastifyRequest } from 'fastify';
import { Problem, notFound, parseOrRefuse, pointerPart, type RequestFault } from '#contracts';
import { pathParameters, type Operation } from '../operations/operation.js';
import { assertBodyLimits } from '../http/body-limits.js';

type Fields = Record<string, unknown>;

/** Makes the function that reads and checks the input of one operation: path, query and body by its contract. */
export function inputPipe(operation: Operation): (request: FastifyRequest) => Fields {
  const { input } = operation.signature;
  const names = new Set(pathParameters(operation.path));
  const filledIn = operation.tellsBaseUrl ? ['body', 'baseUrl'] : ['body'];
  const takesBody = 'shape' in input && 'body' in (input.shape as object);
  const isRead = operation.method === 'GET';
  return (request) => {
    const query = request.query as Fields;
    rejectReservedParameters(query, [...names, ...filledIn]);
    const fields: Fields = { ...query, ...(request.params as Fields) };
    if (operation.tellsBaseUrl) fields['baseUrl'] = baseUrlOf(request);
    if (takesBody) {
      assertBodyLimits(request.body);
      if (request.body !== undefined) fields['body'] = request.body;
    } else if (!isRead) rejectBody(request.body);
    return parsed(input, fields, names);
  };
}

const host = /^(?:[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/** The address under which the caller sees the API; proxies that are trusted may say it. */
export function baseUrlOf(request: FastifyRequest): string {
  const asked = host.test(request.host) ? request.host.toLowerCase() : 'localhost';
  return `${request.protocol === 'https' ? 'https' : 'http'}://${asked}`;
}

/** A path parameter that can't be an id names nothing, so it is 404 and not 422. */
function parsed(input: Operation['signature']['input'], fields: Fields, names: Set<string>): Fields {
  try {
    return parseOrRefuse(input, fields, []) as Fields;
  } catch (error) {
    if (error instanceof Problem && error.extra.errors?.some((fault) => isIn(names, fault)))
      throw notFound('resource');
    throw error;
  }
}

function isIn(names: Set<string>, fault: RequestFault): boolean {
  return 'parameter' in fault && names.has(fault.parameter);
}

/** The query can't stand in for the path, the body, or what the edge fills in. */
function rejectReservedParameters(query: Fields, names: readonly string[]): void {
  const shadows = Object.keys(query).filter((name) => names.includes(name));
  if (shadows.length === 0) return;
  const errors = shadows.map((parameter) => ({ parameter, message: 'is not a known query parameter' }));
  throw new Problem('request.invalid', `Parameter "${shadows[0]}": is not a known query parameter.`, {
    errors,
  });
}

/** Where no body is expected, an empty object does no harm; anything in it would be ignored, so it is refused. */
function rejectBody(body: unknown): void {
  if (body === undefined) return;
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const keys = isObject ? Object.keys(body).slice(0, 100) : [];
  if (isObject && keys.length === 0) return;
  const errors = isObject
    ? keys.map((key) => ({
        pointer: `/${pointerPart(key)}`,
        message: 'is not a known field',
      }))
    : [{ pointer: '', message: 'must be left out or empty' }];
  throw new Problem('request.invalid', 'This operation takes no body.', { errors });
}
