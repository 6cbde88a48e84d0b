import { invalidField, pointerPart } from '#contracts';

/** No body of the API is deeper than this, and no list or object in one has more members than this. */
const maxDepth = 20;
const maxMembers = 1_000;
/** All lists and objects of a body together: a thousand delegates have six thousand members. */
const maxTotalMembers = 50_000;

/** What is too deep or too large, and where. */
interface Excess {
  readonly message: string;
  readonly pointer: string;
}

/**
 * Refuses what is far from any body of the API before schemas look at each member: a mebibyte holds half a million
 * faults, and naming them all would take longer than serving a thousand requests.
 * @throws Problem `request.invalid` that points to the part which is too deep or too large
 */
export function assertBodyLimits(body: unknown): void {
  const excess = excessOf(body, 0, { members: maxTotalMembers });
  if (excess !== undefined) throw invalidField(excess.pointer, excess.message);
}

function excessOf(value: unknown, depth: number, left: { members: number }): Excess | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > maxDepth) return { message: 'is nested too deeply', pointer: '' };
  // A list's members are reached by index: texts of thousands of indexes would take time.
  const keys = Array.isArray(value) ? undefined : Object.keys(value);
  const size = keys?.length ?? (value as unknown[]).length;
  left.members -= size;
  if (size > maxMembers) return { message: `must have ${maxMembers} members at most`, pointer: '' };
  if (left.members < 0)
    return { message: `begins beyond the ${maxTotalMembers} members that a body may have`, pointer: '' };
  for (let at = 0; at < size; at += 1) {
    const key = keys === undefined ? at : (keys[at] ?? '');
    const member = (value as Record<PropertyKey, unknown>)[key];
    const excess = typeof member === 'object' ? excessOf(member, depth + 1, left) : undefined;
    if (excess !== undefined) return { ...excess, pointer: `/${pointerPart(key)}${excess.pointer}` };
  }
  return undefined;
}
