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
      return absent(issue.input) ?? fitsNothing;
  }
}

/** Said of what fits none of several forms, where nothing better is known. */
const fitsNothing = 'must be another value';

/**
 * Of a value that may have several forms and fits none: the issues of the form that it comes closest to, which is the one
 * with the fewest unknown and then the fewest missing members. Null where a union says for itself what it takes.
 */
export function closestBranch(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] | null {
  if (issue.code !== 'invalid_union' || issue.message !== fitsNothing) return null;
  const [first, ...others] = issue.errors.filter((branch) => branch.length > 0);
  if (first === undefined) return null;
  return others.reduce((best, branch) => (isCloser(branch, best) ? branch : best), first);
}

function isCloser(one: readonly z.core.$ZodIssue[], other: readonly z.core.$ZodIssue[]): boolean {
  const [unknown, otherUnknown] = [unknownKeys(one), unknownKeys(other)];
  if (unknown !== otherUnknown) return unknown < otherUnknown;
  return missingKeys(one) < missingKeys(other);
}

function unknownKeys(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((sum, one) => sum + (one.code === 'unrecognized_keys' ? one.keys.length : 0), 0);
}

function missingKeys(issues: readonly z.core.$ZodIssue[]): number {
  return issues.filter(({ message }) => message === missing).length;
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

const missing = 'is required';

function absent(input: unknown): string | null {
  if (input === undefined) return missing;
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
