import { formatInstant, type Localized, type Verification } from '#contracts';
import type { NamedThing } from './code.repository.js';

/**
 * What the public is shown of a code: what was printed on the plaque or certificate, and nothing of a person but the
 * first character of the name.
 */
export function verified(thing: NamedThing | null, codeOf: (id: string) => string): Verification {
  if (thing === null) return { valid: false };
  return {
    valid: thing.status === 'valid',
    kind: thing.kind,
    number: thing.number,
    holder: holderOf(thing),
    title: thing.title ?? {},
    announcedAt: formatInstant(thing.announcedAt),
    status: thing.status,
    replacedBy: thing.replacedById === null ? null : codeOf(thing.replacedById),
  };
}

function holderOf({ kind, name, holder, companyNames, issuers }: NamedThing): string | Localized {
  switch (kind) {
    case 'membership':
      return name ?? {};
    case 'case':
      return joined(companyNames ?? []);
    case 'paper':
      return (issuers ?? []).join('、');
    case 'certificate':
      return `${[...(holder ?? '')][0] ?? ''}*`;
  }
}

/** Each name in both languages, the other one where it has only one. */
function joined(names: readonly Localized[]): Localized {
  return {
    zh: names.map(({ zh, en }) => zh ?? en ?? '').join('、'),
    en: names.map(({ zh, en }) => en ?? zh ?? '').join(', '),
  };
}
