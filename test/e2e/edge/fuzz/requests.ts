import fc from 'fast-check';
import { arbitraryOf } from '../../../support/arbitrary.js';
import type { World } from '../access/scenario.js';
import type { Described, JsonSchema } from './document.js';
import { forgedCursor, hostileHeaders, hostilePart, mutate, mutation, rawBody } from './hostile.js';
import { kindOfParameter, likely, type Pool } from './pool.js';
import type { RawRequest } from './send.js';

export type Kind = 'valid' | 'nearly valid' | 'hostile' | 'nowhere';

export interface Drawn {
  kind: Kind;
  /** Nothing where the path was bent so far that no operation has to answer. */
  operation: Described | undefined;
  request: RawRequest;
}

/** Draws requests: three in ten as the document wants them, five nearly so, one hostile, one to nowhere. */
export function requestTo(operation: Described, world: World, pool: Pool): fc.Arbitrary<Drawn> {
  const valid = validRequest(operation, world, pool);
  return fc.oneof(
    { weight: 30, arbitrary: valid.map((request) => drawn('valid', operation, request)) },
    { weight: 50, arbitrary: nearlyValid(operation, valid) },
    { weight: 12, arbitrary: hostile(operation, valid) },
    { weight: 8, arbitrary: nowhere(operation, valid) },
  );
}

interface Parts {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: unknown;
}

function drawn(kind: Kind, operation: Described | undefined, parts: Parts, body?: Buffer): Drawn {
  const query = Object.entries(parts.query).map(([name, value]) => `${name}=${value}`);
  const json = parts.body === undefined ? undefined : Buffer.from(JSON.stringify(parts.body));
  const type: Record<string, string> =
    (body ?? json) === undefined ? {} : { 'content-type': 'application/json' };
  const request = {
    method: parts.method,
    path: parts.path + (query.length === 0 ? '' : `?${query.join('&')}`),
    headers: { ...type, ...parts.headers },
    body: body ?? json,
  };
  return { kind, operation, request };
}

function validRequest(operation: Described, world: World, pool: Pool): fc.Arbitrary<Parts> {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const ids = names.map((name) => fc.constantFrom(...pool.of(kindOfParameter(operation.path, name))));
  const bodyOf =
    operation.body === undefined
      ? fc.constant(undefined)
      : arbitraryOf(likely(operation.body, pool) as JsonSchema);
  return fc
    .record({
      ids: fc.tuple(...ids),
      query: queryOf(operation),
      key: keyFor(operation, world),
      body: bodyOf,
      idempotent: fc.option(fc.uuid(), { freq: 3 }),
    })
    .map(({ ids: values, query, key, body, idempotent }) => {
      let index = 0;
      const path = operation.path.replace(/\{\w+\}/g, () => values[index++] ?? '');
      const once =
        operation.method === 'POST' && idempotent !== null ? { 'idempotency-key': idempotent } : {};
      return {
        method: operation.method,
        path,
        query,
        body,
        headers: { ...key, ...once } as Record<string, string>,
      };
    });
}

/** Mostly the owner, so that the rules behind the door are reached. */
function keyFor({ roles }: Described, world: World): fc.Arbitrary<Record<string, string>> {
  const mayCall = Object.entries(world.callers).filter(([name]) => roles.includes(name.replace('2', '')));
  const owners = mayCall.filter(([name]) => !name.endsWith('2'));
  const clients = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...owners.map(([, client]) => client)) },
    { weight: 1, arbitrary: fc.constantFrom(...mayCall.map(([, client]) => client)) },
    { weight: 1, arbitrary: fc.constantFrom(...Object.values(world.callers)) },
  );
  return clients.map(({ apiKey }): Record<string, string> =>
    apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
  );
}

function queryOf({ query }: Described): fc.Arbitrary<Record<string, string>> {
  const shape = Object.fromEntries(
    query.map(({ name, schema }) => [
      name,
      name === 'cursor'
        ? forgedCursor
        : arbitraryOf(schema).map((value) => encodeURIComponent(String(value).toWellFormed())),
    ]),
  );
  return fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<Record<string, string>>;
}

function nearlyValid(operation: Described, valid: fc.Arbitrary<Parts>): fc.Arbitrary<Drawn> {
  return fc.tuple(valid, fc.array(mutation, { minLength: 1, maxLength: 2 })).map(([parts, mutations]) => {
    const body = mutations.reduce<unknown>((value, one) => mutate(value, one), parts.body ?? {});
    return drawn('nearly valid', operation, {
      ...parts,
      body: operation.body === undefined && operation.method === 'GET' ? undefined : body,
    });
  });
}

/** Wrong headers, wrong bytes, wrong queries: the path still names the operation. */
function hostile(operation: Described, valid: fc.Arbitrary<Parts>): fc.Arbitrary<Drawn> {
  const query = fc.dictionary(
    fc.constantFrom('limit', 'cursor', 'status', 'release', 'lang', 'q', 'body', 'id', '__proto__', 'a%00'),
    hostilePart,
    { maxKeys: 3 },
  );
  return fc
    .tuple(valid, hostileHeaders, query, fc.option(rawBody))
    .map(([parts, headers, wrong, body]) =>
      drawn(
        'hostile',
        operation,
        { ...parts, query: { ...parts.query, ...wrong }, headers: { ...parts.headers, ...headers } },
        operation.method === 'GET' ? undefined : (body ?? undefined),
      ),
    );
}

/** A part of the path is bent, or the method is another: maybe no operation at all. */
function nowhere(operation: Described, valid: fc.Arbitrary<Parts>): fc.Arbitrary<Drawn> {
  const method = fc.constantFrom(
    operation.method,
    'GET',
    'PUT',
    'PATCH',
    'DELETE',
    'OPTIONS',
    'PROPFIND',
    'TRACE',
  );
  return fc
    .tuple(valid, method, fc.nat(), hostilePart, fc.boolean())
    .map(([parts, verb, at, part, slash]) => {
      const names = parts.path.split('/');
      names[1 + (at % (names.length - 1))] = part;
      return drawn('nowhere', undefined, {
        ...parts,
        method: verb,
        path: names.join('/') + (slash ? '/' : ''),
      });
    });
}
