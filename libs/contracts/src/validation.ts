import type { z } from 'zod';
import { Problem, type RequestFault } from './problems.js';

/**
 * Reads a value by its schema.
 * @param at where the value stands in the request: `['body']` or `[]`
 * @throws Problem `request.invalid` with a pointer or parameter for every fault
 */
export function parseOrRefuse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  at: string[],
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => faultsOf(issue, at));
  throw new Problem('request.invalid', summaryOf(errors), { errors });
}

function faultsOf(issue: z.core.$ZodIssue, at: string[]): RequestFault[] {
  const path = [...at, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => faultAt([...path, key], 'is not a known field'));
  }
  return [faultAt(path, issue.message)];
}

/** The body is addressed by an RFC 6901 pointer, everything else by the parameter's name. */
function faultAt(path: PropertyKey[], message: string): RequestFault {
  const [first, ...rest] = path;
  if (first !== 'body') return { parameter: String(first ?? ''), message };
  return {
    pointer: rest.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    message,
  };
}

function summaryOf(errors: RequestFault[]): string {
  const [first] = errors;
  if (first === undefined) return 'The request does not match its schema.';
  const where = 'pointer' in first ? first.pointer || 'The body' : `Parameter "${first.parameter}"`;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : '';
  return `${where}: ${first.message}${more}`;
}

/** Merges a patch into a JSON value (RFC 7396): objects member by member, arrays whole, `null` takes a member away. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else if (value !== undefined) merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
