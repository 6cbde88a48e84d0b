import fc from 'fast-check';

const deep = (depth: number): unknown => {
  let value: unknown = 'end';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

/** Values that have broken somebody's service before. */
const hostileValues: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e21,
  Number.MAX_SAFE_INTEGER,
  -2_147_483_649,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff\ud800y',
  '\u001b[31m',
  '\u0085',
  '\u202e',
  'e\u0301',
  'Ａ',
  '👩‍👩‍👧‍👦',
  'x'.repeat(300),
  '数'.repeat(6_000),
  "'; DROP TABLE audit; --",
  '${jndi:ldap://127.0.0.1/a}',
  '=HYPERLINK("http://127.0.0.1")',
  '<script>alert(1)</script>',
  '%00',
  '2026-02-30T25:61:00Z',
  '9999-12-31T23:59:60Z',
  '0001-01-01T00:00:00+23:59',
  '+86138001380001380013800138000',
  'a@b',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  [],
  {},
  [[]],
  deep(30),
  Array.from({ length: 2_000 }, () => 0),
  { toString: 'x', constructor: 1, hasOwnProperty: null },
];

/** Names of members that reach for the prototype, or that no schema knows. */
const hostileNames = [
  '__proto__',
  'constructor',
  'prototype',
  'id',
  'version',
  'status',
  '\u0000',
  '\ud800',
  'x'.repeat(5_000),
];

/** Changes one place of a JSON value: takes it away, puts something hostile there, or adds a member beside it. */
export interface Mutation {
  place: number;
  kind: 'replace' | 'remove' | 'add' | 'repeat' | 'wrap';
  value: unknown;
  name: string;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat(),
  kind: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'repeat', 'wrap'),
  value: fc.oneof(
    fc.constantFrom(...hostileValues),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.jsonValue({ maxDepth: 2 }),
  ),
  name: fc.constantFrom(...hostileNames),
});

type Parent = Record<string | number, unknown>;

export function mutate(value: unknown, { place, kind, value: put, name }: Mutation): unknown {
  const root: Parent = { root: structuredClone(value) };
  const places = placesOf(root);
  const [parent, key] = places[place % places.length] ?? [root, 'root'];
  const present = parent[key];
  if (kind === 'replace') parent[key] = put;
  if (kind === 'wrap') parent[key] = [present];
  if (kind === 'remove' && parent !== root) delete parent[key];
  if (kind === 'repeat' && Array.isArray(present))
    parent[key] = Array.from({ length: 1_200 }, () => present[0] ?? 1);
  if (kind === 'add' && typeof present === 'object' && present !== null)
    Object.defineProperty(present, name, {
      value: put,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return root['root'];
}

function placesOf(parent: Parent): [Parent, string][] {
  return Object.keys(parent).flatMap((key): [Parent, string][] => {
    const child = parent[key];
    const below = typeof child === 'object' && child !== null ? placesOf(child as Parent) : [];
    return [[parent, key], ...below];
  });
}

/** Bytes that are no JSON, or no JSON as one would send it. */
export const rawBody: fc.Arbitrary<Buffer> = fc.constantFrom(
  Buffer.from(''),
  Buffer.from('{'),
  Buffer.from('{"a":1,"a":2}'),
  Buffer.from('[1,2,3'),
  Buffer.from('\ufeff{}'),
  Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.from('{"name":{"zh":"\\ud800"}}'),
  Buffer.from('{"capacity":1e999}'),
  Buffer.from('['.repeat(100_000)),
  Buffer.from('{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000)),
  Buffer.from(`[${'0,'.repeat(200_000)}0]`),
  Buffer.from(`{"note":"${'x'.repeat(1_100_000)}"}`),
  Buffer.from('null'),
  Buffer.from('"text"'),
  Buffer.from('NaN'),
);

/** Parts of paths and queries, as bytes of ASCII: what Node lets through. */
export const hostilePart: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '%00',
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e',
    '%',
    '%ff%fe',
    '%ED%A0%80',
    "'%20OR%201=1",
    'x'.repeat(3_000),
    '%F0%9F%92%A9',
    'null',
    'undefined',
    '-1',
    '1e9',
    '0x10',
    '9007199254740993',
    'true',
    '[]',
    '%5B%5D',
    '__proto__',
    'constructor',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => encodeURIComponent(text.toWellFormed())),
);

/** Cursors that look like ours: base64url of JSON, with keys that no list ever gave out. */
export const forgedCursor: fc.Arbitrary<string> = fc
  .oneof(
    fc.array(
      fc.oneof(
        fc.constantFrom<unknown>(
          '2027-01-16T01:00:00Z',
          '019b2f5e-7c00-7000-8000-000000000001',
          '',
          'x',
          1e300,
          -1,
          1.5,
          null,
          '\u0000',
        ),
        fc.jsonValue({ maxDepth: 1 }),
      ),
      { maxLength: 3 },
    ),
    fc.jsonValue(),
  )
  .map((keys) => Buffer.from(JSON.stringify(keys)).toString('base64url').slice(0, 600));

/** Headers that a request may carry, mostly wrong. */
export const hostileHeaders: fc.Arbitrary<Record<string, string>> = fc
  .array(
    fc.constantFrom<[string, string]>(
      ['if-match', '"1-abc"'],
      ['if-match', '*'],
      ['if-match', 'nonsense'],
      ['if-match', '"999999999999999"'],
      ['if-none-match', '*'],
      ['if-none-match', '"x", W/"y"'],
      ['idempotency-key', 'same'],
      ['idempotency-key', 'two words'],
      ['idempotency-key', 'x'.repeat(300)],
      ['idempotency-key', 'caf\u00e9'],
      ['x-request-id', 'my-own-id'],
      ['x-request-id', 'two words'],
      ['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
      ['traceparent', 'x'.repeat(80)],
      ['content-type', 'text/plain'],
      ['content-type', 'application/json; charset=utf-16'],
      ['content-type', 'application/merge-patch+json'],
      ['content-type', ','],
      ['content-encoding', 'gzip'],
      ['accept', 'image/png'],
      ['authorization', 'Basic YTpi'],
      ['authorization', 'Bearer '],
      ['authorization', `Bearer ${'x'.repeat(600)}`],
      ['authorization', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.'],
      ['x-forwarded-for', '10.0.0.1, nonsense'],
      ['x-http-method-override', 'DELETE'],
      ['origin', 'null'],
      ['expect', 'nothing'],
      ['cookie', 'a=b'],
    ),
    { maxLength: 3 },
  )
  .map((pairs) => Object.fromEntries(pairs));
