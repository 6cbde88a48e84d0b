import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import * as contracts from './index.js';
import { Problem, contractsAmong, parseOrRefuse, type RequestContract, type RequestFault } from './index.js';

type JsonSchema = Record<string, unknown>;
/** A place of a request, how it has to look, and whether it may be left out. */
type Place = { path: (string | 0)[]; schema: JsonSchema; isRequired: boolean };
/** One value that can't stand there, and what its sender reads. */
type Case = [what: string, value: unknown, message: string];

/** What must not stand in any text that people read. */
const nothingToSee = 'must show at least one letter, digit or symbol; these characters are all invisible';

const unreadable: Case[] = [
  ['a control character', 'a\u0007b', 'must not contain control characters such as U+0007'],
  ['a direction control', 'a\u202eb', 'must not contain U+202E, which turns the direction of the text round'],
  ['half a character', '\ud800', 'must not contain half a character (a lone surrogate of UTF-16)'],
  ['nothing visible', '\u200b', nothingToSee],
];

const notAnInstant = 'must be an RFC 3339 instant such as 2026-01-16T09:00:00+08:00';

const phoneNumber: Case[] = [
  ['no text', '', 'must not be empty'],
  [
    'another text',
    'x',
    'must be a phone number: digits, blanks, dashes, brackets, and + before the country code',
  ],
];

const email: Case[] = [
  ['no text', '', 'must not be empty'],
  ['another text', 'x', 'must be an e-mail address such as name@example.com'],
  ['an invisible character', 'a\u200b@example.com', 'must not contain the invisible character U+200B'],
];

const time: Case[] = [['another text', 'x', 'must be a time such as 21:00']];

/** Texts of a form of their own, by their fields. */
const ownForms: Readonly<Record<string, Case[]>> = {
  uscc: [
    [
      'another text',
      'x',
      'must be a unified social credit code of GB 32100-2015: 18 digits and capital letters',
    ],
    [
      'a wrong check character',
      '91350100M000100Y44',
      'is no unified social credit code of GB 32100-2015: a character is mistyped',
    ],
  ],
  cityCode: [['another text', 'x', 'must be a six-digit code of GB/T 2260']],
  'city/code': [['another text', 'x', 'must be a six-digit code of GB/T 2260']],
  code: [['another text', 'x', 'must be the 6 digits of the mail']],
  timeZone: [
    ['another text', 'CST', 'must be UTC, or an IANA time zone that names a place such as Asia/Shanghai'],
  ],
  email,
  replyTo: email,
  'quietHours/from': time,
  'quietHours/to': time,
  'reminders/0': [['another text', 'x', 'must be whole days before the stop, from P1D to P30D']],
  mobile: phoneNumber,
  phone: phoneNumber,
  cursor: [
    ['a number', 5, 'must be the nextCursor of an earlier answer'],
    ['no text', '', 'must be the nextCursor of an earlier answer'],
    ['a long text', 'x'.repeat(513), 'must be the nextCursor of an earlier answer'],
  ],
  since: [
    ['no text', '', 'must be the asOf of an earlier answer'],
    ['a long text', 'x'.repeat(513), 'must be the asOf of an earlier answer'],
  ],
  baseUrl: [['another text', 'x', 'must be a URL']],
};

function casesOf(place: Place): Case[] {
  const { schema, isRequired } = place;
  return [
    ...(isRequired ? [['missing', undefined, 'is required'] satisfies Case] : []),
    // A query has no null.
    ...(takesNull(schema) || place.path[0] !== 'body'
      ? []
      : [['null', null, 'must not be null'] satisfies Case]),
    ...valueCases(place, withoutNull(schema)),
  ];
}

function valueCases(place: Place, schema: JsonSchema): Case[] {
  const { enum: choices } = schema;
  if (Array.isArray(choices)) {
    const message = `must be ${choices.length > 1 ? 'one of ' : ''}${choices.join(', ')}`;
    return [
      ['another word', 'x', message],
      ['a number', 5, message],
    ];
  }
  switch (schema['type']) {
    case 'string':
      return textCases(place, schema);
    case 'integer':
      return integerCases(place, schema);
    case 'number':
      return numberCases(schema);
    case 'boolean':
      return [['a text', 'true', schema['const'] === true ? 'must be true' : 'must be true or false']];
    case 'array':
      return listCases(place, schema);
    case 'object':
      return [
        ['a text', 'x', 'must be an object'],
        ['a list', [], 'must be an object'],
      ];
    default:
      return alternativeCases(place);
  }
}

function textCases(place: Place, { format, maxLength, minLength }: JsonSchema): Case[] {
  const notText: Case = ['a number', 5, 'must be a text'];
  const own = ownForms[place.path.slice(-2).join('/')] ?? ownForms[String(place.path.at(-1))];
  if (format === 'uuid') return [notText, ['another text', 'x', 'must be a UUID']];
  if (format === 'date-time') return [notText, ...instantCases(place)];
  // The name of a file's format is no text of people.
  if (own !== undefined) return place.path.at(-1) === 'cursor' ? own : [notText, ...own];
  if (maxLength === undefined) return [notText];
  const long = Number(maxLength) + 1;
  return [
    notText,
    ...unreadable,
    ...(format === 'uri'
      ? [['another text', 'x', 'must be a web address such as https://example.com'] satisfies Case]
      : []),
    ...(minLength === 0 ? [] : [['no text', ' ', nothingToSee] satisfies Case]),
    [
      'a long text',
      'x'.repeat(long),
      `must be at most ${Number(maxLength)} characters long; these are ${long}`,
    ],
  ];
}

function instantCases({ path }: Place): Case[] {
  const isReported = path.at(-1) === 'at';
  return [
    ['another text', 'tomorrow', notAnInstant],
    ['a day that is none', '2026-02-30T00:00:00Z', notAnInstant],
    ...(isReported
      ? []
      : ['1999-12-31T23:59:59Z', '2200-01-01T00:00:00Z'].map((value): Case => [
          'another century',
          value,
          'must lie between the years 2000 and 2199',
        ])),
  ];
}

function integerCases({ path }: Place, { minimum, maximum }: JsonSchema): Case[] {
  const [min, max] = [Number(minimum), Number(maximum)];
  const whole = `must be a whole number from ${min} ${max === Number.MAX_SAFE_INTEGER ? 'on' : `to ${max}`}`;
  const inQuery = path[0] !== 'body';
  return [
    ['a word', 'x', whole],
    ['a fraction', inQuery ? '1.5' : 1.5, whole],
    ['a number without end', inQuery ? '9'.repeat(16) : 1e30, whole],
    ['one less', inQuery && min > 0 ? String(min - 1) : min - 1, `must be at least ${min}`],
    ...(max === Number.MAX_SAFE_INTEGER
      ? []
      : [['one more', inQuery ? String(max + 1) : max + 1, `must be at most ${max}`] satisfies Case]),
  ];
}

function numberCases({ minimum, maximum }: JsonSchema): Case[] {
  return [
    ['a text', '5', 'must be a number'],
    ['less', Number(minimum) - 0.1, `must be at least ${String(minimum)}`],
    ['more', Number(maximum) + 0.1, `must be at most ${String(maximum)}`],
  ];
}

function listCases({ path }: Place, { items, minItems, maxItems }: JsonSchema): Case[] {
  if (path[0] !== 'body') {
    const states = (items as { enum: string[] }).enum.join(', ');
    const message = `must be one or several of ${states}, with commas between them`;
    return [
      ['no text', '', message],
      ['another word', 'x', message],
    ];
  }
  const counted = (count: number) => (count === 1 ? '1 entry' : `${count} entries`);
  const [min, max] = [Number(minItems ?? 0), Number(maxItems)];
  return [
    ['a text', 'x', 'must be a list'],
    ...(min > 0 ? [['an empty list', [], `must have at least ${counted(min)}`] satisfies Case] : []),
    ['a long list', Array(max + 1).fill(null), `must have at most ${counted(max)}`],
  ];
}

/** Where one of several kinds may stand. */
function alternativeCases({ path }: Place): Case[] {
  const messages: Readonly<Record<string, string>> = {
    release: 'must be "draft" or the number of a release, from 1 on',
    atomic: 'must be true or false',
  };
  const message = messages[String(path.at(-1))];
  return message === undefined ? [] : [['another word', 'x', message]];
}

// ── Walking ─────────────────────────────────────────────────────────────────────────────────────

function placesOf(contract: RequestContract): Place[] {
  const schema = z.toJSONSchema(contract.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  // The gateway fills `browser` in from headers and cookies; no user writes it.
  return placesIn(schema, []).filter(({ path }) => path[0] !== 'browser');
}

function placesIn(schema: JsonSchema, path: Place['path']): Place[] {
  const { properties = {}, required = [], items } = withoutNull(schema);
  const inside = Object.entries(properties as Record<string, JsonSchema>).flatMap(([name, member]) => [
    { path: [...path, name], schema: member, isRequired: (required as string[]).includes(name) },
    ...placesIn(member, [...path, name]),
  ]);
  // Lists in a query are words with commas; there the parameter is the place.
  return items === undefined || path[0] !== 'body'
    ? inside
    : [
        ...inside,
        { path: [...path, 0 as const], schema: items as JsonSchema, isRequired: false },
        ...placesIn(items as JsonSchema, [...path, 0]),
      ];
}

/** What the sender of this value reads of this place; other places may well be missing. */
function messagesAt(contract: RequestContract, { path }: Place, value: unknown): string[] {
  const request = path.reduceRight<unknown>((inner, key) => (key === 0 ? [inner] : { [key]: inner }), value);
  return faultsOf(contract, request)
    .filter((fault) => addressOf(fault) === nameOf({ path }))
    .map(({ message }) => message);
}

function faultsOf(contract: RequestContract, request: unknown): RequestFault[] {
  try {
    parseOrRefuse(contract.input, request, []);
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.extra.errors ?? [];
    throw error;
  }
}

function addressOf(fault: RequestFault): string {
  return 'pointer' in fault ? `body${fault.pointer}` : fault.parameter;
}

function nameOf({ path }: Pick<Place, 'path'>): string {
  return path[0] === 'body' ? path.join('/') : String(path[0]);
}

function takesNull({ type, anyOf }: JsonSchema): boolean {
  return [type].flat().includes('null') || (Array.isArray(anyOf) && (anyOf as JsonSchema[]).some(takesNull));
}

function withoutNull(schema: JsonSchema): JsonSchema {
  const { type, anyOf } = schema;
  if (Array.isArray(type)) return { ...schema, type: type.find((one) => one !== 'null') };
  if (!Array.isArray(anyOf)) return schema;
  const others = (anyOf as JsonSchema[]).filter((one) => one['type'] !== 'null');
  return others.length === 1 ? (others[0] ?? schema) : schema;
}

// ── The table ───────────────────────────────────────────────────────────────────────────────────

/** What users send is strict; what services ask each other is not. */
const requests = contractsAmong(contracts)
  .filter((contract) => contract.kind === 'request')
  .filter(
    ({ input }) =>
      z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }).additionalProperties === false,
  );

describe('every field of every request', () => {
  const rows = requests
    .flatMap((contract) =>
      placesOf(contract).flatMap((place) => casesOf(place).map((one) => ({ contract, place, one }))),
    )
    // Any text may be asked for: what is no code is answered as an unknown one is.
    .filter(({ contract, one: [what] }) => contract !== contracts.verifyCode || what !== 'another text');

  it('is looked at', () => {
    expect(requests.length).toBeGreaterThan(60);
    expect(rows.length).toBeGreaterThan(1_000);
  });

  it.each(requests.map((contract) => [contract.subject, contract] as const))(
    'says what is wrong with a value in plain words: %s',
    (_subject, contract) => {
      const own = rows.filter((row) => row.contract === contract);
      const said = own.map(({ place, one: [what, value] }) => {
        return `${nameOf(place)}, ${what}: ${messagesAt(contract, place, value).join(' + ')}`;
      });
      expect(said).toEqual(own.map(({ place, one: [what, , text] }) => `${nameOf(place)}, ${what}: ${text}`));
    },
  );

  it('never shows a phrase of the library', () => {
    const messages = rows.flatMap(({ contract, place, one }) => messagesAt(contract, place, one[1]));
    expect(new Set(messages).size).toBeGreaterThan(50);
    for (const message of messages) {
      expect(message).not.toMatch(
        /too (small|big)|invalid|expected|received|>=|<=|undefined|NaN|zod|input/iu,
      );
      expect(message).toMatch(/^(must|is|needs) /u);
    }
  });
});
