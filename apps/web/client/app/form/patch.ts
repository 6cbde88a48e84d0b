/** The members of a JSON value that differ, as a JSON Merge Patch (RFC 7396) from the one to the other. */
export function patchBetween(before: unknown, after: unknown): Record<string, unknown> {
  const from = isObject(before) ? before : {};
  const to = isObject(after) ? after : {};
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [old, now] = [from[key] ?? null, to[key] ?? null];
    if (isSame(old, now)) continue;
    patch[key] = isObject(old) && isObject(now) ? patchBetween(old, now) : now;
  }
  return patch;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** With members in one order, and without those that are absent. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([, one]) => one !== undefined && one !== null);
  return Object.fromEntries(
    members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
