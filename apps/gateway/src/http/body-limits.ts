import { invalidField, pointerPart } from '#contracts';

/** No body of the API is deeper than this, and no list or object in one has more members than this. */
const maxDepth = 20;
const maxMembers = 1_000;

/**
 * Refuses what is far from any body of the API before schemas look at each of its members: a mebibyte holds half a
 * million faults, and naming them all would take longer than serving a thousand requests.
 * @throws Problem `request.invalid` that points to the part which is too deep or too large
 */
export function assertBodyLimits(value: unknown, pointer = '', depth = 0): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > maxDepth) throw invalidField(pointer, 'is nested too deeply');
  const isTooLong = Array.isArray(value) && value.length > maxMembers;
  const keys = isTooLong ? [] : Object.keys(value);
  if (isTooLong || keys.length > maxMembers)
    throw invalidField(pointer, `must have ${maxMembers} members at most`);
  for (const key of keys) {
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === 'object') assertBodyLimits(member, `${pointer}/${pointerPart(key)}`, depth + 1);
  }
}
