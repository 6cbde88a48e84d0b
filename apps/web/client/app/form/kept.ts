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
