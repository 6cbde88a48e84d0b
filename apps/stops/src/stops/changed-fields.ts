/** Whether two JSON values are written the same. */
export function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The members in which two states differ, as they were and as they are: what the audit keeps of a change. */
export function changedFields<State extends object>(
  before: State,
  after: State,
): { before: Partial<State>; after: Partial<State> } {
  const changed = (Object.keys(after) as (keyof State)[]).filter((key) => !sameJson(before[key], after[key]));
  return { before: pick(before, changed), after: pick(after, changed) };
}

function pick<State extends object>(state: State, keys: (keyof State)[]): Partial<State> {
  const picked: Partial<State> = {};
  for (const key of keys) picked[key] = state[key];
  return picked;
}
