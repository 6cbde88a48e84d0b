import type { z } from 'zod';

/**
 * What is wrong with a value, in plain words that are true of this value alone. Schemas that know more say it themselves;
 * this is for the rest, so that no phrase of the library reaches a user.
 */
export function plainMessage(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, issue.input);
    case 'invalid_value':
      return absent(issue.input) ?? `must be ${oneOf(issue.values)}`;
    case 'too_small':
      return bound('least', issue.origin, Number(issue.minimum));
    case 'too_big':
      return bound('most', issue.origin, Number(issue.maximum));
    case 'invalid_format':
      return `must be ${formats[issue.format] ?? 'in another form'}`;
    case 'unrecognized_keys':
      return 'is not a known field';
    default:
      return absent(issue.input) ?? 'must be another value';
  }
}

const types: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

const formats: Readonly<Record<string, string>> = { uuid: 'a UUID', url: 'a URL' };

function wrongType(expected: string, input: unknown): string {
  return absent(input) ?? `must be ${types[expected] ?? 'of another kind'}`;
}

function absent(input: unknown): string | null {
  if (input === undefined) return 'is required';
  return input === null ? 'must not be null' : null;
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map(String);
  return words.length === 1 ? `${words[0]}` : `one of ${words.join(', ')}`;
}

function bound(which: 'least' | 'most', origin: string, limit: number): string {
  if (origin === 'string') return `must be at ${which} ${counted(limit, 'character')} long`;
  if (origin === 'array') return `must have at ${which} ${counted(limit, 'entry', 'entries')}`;
  return `must be at ${which} ${limit}`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
