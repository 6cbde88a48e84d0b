/** What was typed into one form, kept in this tab: a reload, a sign-out of the server or a 503 loses nothing. */
export interface Kept<Values> {
  readonly values: Values;
  /** Sent with a POST: pressing twice, or again after a lost answer, has one effect. */
  readonly idempotencyKey: string;
}

const prefix = 'form ';

/** Whose draft it is: one person, or one key, acting for one company or organization. */
export interface Owner {
  readonly user: { readonly id: string } | null;
  readonly keyId: string | null;
  readonly companyId?: string | null | undefined;
  readonly organizationId?: string | null | undefined;
}

/** What one person typed for one company is shown neither to the next person at the computer nor for another company. */
export function keptName(owner: Owner | null | undefined, name: string): string {
  return `${ownedBy(owner)}${name}`;
}

function ownedBy(owner: Owner | null | undefined): string {
  const who = owner?.user?.id ?? owner?.keyId ?? '';
  return `${prefix}${who} ${owner?.companyId ?? owner?.organizationId ?? ''} `;
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

/** Whether somebody has typed something in this tab that was not sent. */
export function hasKept(owner: Owner | null | undefined): boolean {
  const begins = ownedBy(owner);
  return Object.keys(sessionStorage).some((key) => key.startsWith(begins));
}

/** Only what was changed is kept: of a thing that others changed meanwhile, the rest comes back as it is now. */
export function changedFrom<Values extends object>(before: Values, values: Values): Partial<Values> {
  const known = new Map<string, unknown>(Object.entries(before));
  const changed = Object.entries(values).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(known.get(key)),
  );
  return Object.fromEntries(changed) as Partial<Values>;
}

/** Everything but what only the person who typed it may ever see: that is never written anywhere. */
export function withoutSecrets<Values extends object>(
  values: Partial<Values>,
  secrets: readonly (keyof Values)[],
): Partial<Values> {
  const hidden = new Set<string>(secrets.map(String));
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => !hidden.has(key)),
  ) as unknown as Partial<Values>;
}

/** What was typed over `before`, over what is there `now`. */
export function rebased<Values extends object>(before: Values, now: Values, values: Values): Values {
  return { ...now, ...changedFrom(before, values) };
}
