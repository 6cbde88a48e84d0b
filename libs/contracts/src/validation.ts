import type { z } from 'zod';
import { closestBranch, plainMessage } from './messages.js';
import { invalidRequest, type RequestFault } from './problems.js';

/** An answer must not grow with the request: of more faults than this, the first ones are listed. */
const maxFaults = 100;
/** Longer member names are cut in pointers, for the same reason. */
const maxNameCharacters = 100;

/**
 * Reads a value by its schema.
 * @param at where the value stands in the request: `['body']` or `[]`
 * @throws Problem `request.invalid` with a pointer or parameter for every fault, one for each place
 */
export function parseOrRefuse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  at: string[],
): z.output<Schema> {
  const result = schema.safeParse(value, { error: plainMessage });
  if (result.success) return result.data;
  const faults = result.error.issues.slice(0, maxFaults).flatMap((issue) => faultsOf(issue, at));
  throw invalidRequest(faults.slice(0, maxFaults).filter(isFirstOfItsPlace));
}

function faultsOf(issue: z.core.$ZodIssue, at: readonly PropertyKey[]): RequestFault[] {
  const path = [...at, ...issue.path];
  const closest = closestBranch(issue);
  if (closest !== null) return closest.flatMap((inner) => faultsOf(inner, path));
  if (issue.code === 'unrecognized_keys') {
    const noun = path.length === 0 ? 'parameter' : 'field';
    return issue.keys.slice(0, maxFaults).map((key) => faultAt([...path, key], `is not a known ${noun}`));
  }
  return [faultAt(path, issue.message)];
}

/** The first reason why a value can't be taken is enough; the second may follow from it and be false by itself. */
function isFirstOfItsPlace(fault: RequestFault, index: number, faults: readonly RequestFault[]): boolean {
  return faults.findIndex((other) => placeOf(other) === placeOf(fault)) === index;
}

function placeOf(fault: RequestFault): string {
  return 'pointer' in fault ? fault.pointer : `?${fault.parameter}`;
}

/** The body is addressed by an RFC 6901 pointer, everything else by the parameter's name. */
function faultAt(path: PropertyKey[], message: string): RequestFault {
  const [first, ...rest] = path;
  if (first !== 'body') return { parameter: String(first ?? '').slice(0, maxNameCharacters), message };
  return { pointer: rest.map((part) => `/${pointerPart(part)}`).join(''), message };
}

/** A part of an RFC 6901 pointer. */
export function pointerPart(key: PropertyKey): string {
  return String(key).slice(0, maxNameCharacters).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Applies a JSON Merge Patch (RFC 7396): objects member by member, arrays whole; `null` removes a member. */
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
