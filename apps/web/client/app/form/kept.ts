/** What was typed into one form, kept in this tab: a reload, a sign-out of the server or a 503 loses nothing. */
export interface Kept<Values> {
  readonly values: Values;
  /** Sent with a POST: pressing twice, or again after a lost answer, has one effect. */
  readonly idempotencyKey: string;
}

export function readKept<Values extends object>(name: string, empty: Values): Kept<Values> | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name) ?? 'null') as Kept<Partial<Values>> | null;
    if (kept === null || typeof kept.values !== 'object') return null;
    // A form that has got another field since then shows it empty.
    return { values: { ...empty, ...kept.values }, idempotencyKey: String(kept.idempotencyKey) };
  } catch {
    return null;
  }
}

export function keep<Values>(name: string, kept: Kept<Values>): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(kept));
  } catch {
    // A full or forbidden storage keeps nobody from sending a form.
  }
}

export function forget(name: string): void {
  sessionStorage.removeItem(name);
}

/** Only what was changed is kept: of a thing that others changed meanwhile, the rest comes back as it is now. */
export function changedFrom<Values extends object>(before: Values, values: Values): Partial<Values> {
  const known = new Map<string, unknown>(Object.entries(before));
  const changed = Object.entries(values).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(known.get(key)),
  );
  return Object.fromEntries(changed) as Partial<Values>;
}

/** What was typed over `before`, over what is there `now`. */
export function rebased<Values extends object>(before: Values, now: Values, values: Values): Values {
  return { ...now, ...changedFrom(before, values) };
}
