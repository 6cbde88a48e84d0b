import { erased } from './erase.js';

/** What an answer may show of a delegate; each answer shows a part of it. */
type Shown = Record<string, unknown> & { id: string; name: string };

/** An answer without the people: wherever it shows one of these delegates, the erased one stands. Order of members stays. */
export function withoutDelegates(answer: unknown, ids: ReadonlySet<string>): unknown {
  if (Array.isArray(answer)) return answer.map((one) => withoutDelegates(one, ids));
  if (typeof answer !== 'object' || answer === null) return answer;
  if (isDelegate(answer) && ids.has(answer.id)) return erasedPart(answer);
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, withoutDelegates(value, ids)] as const),
  );
}

function isDelegate(value: object): value is Shown {
  return 'id' in value && 'name' in value && typeof value.id === 'string' && typeof value.name === 'string';
}

function erasedPart(shown: Shown): object {
  const nobody = {
    id: shown.id,
    name: shown.name,
    email: '',
    mobile: null,
    jobTitle: null,
    language: null,
    badge: null,
  };
  const blank: Record<string, unknown> = { ...erased(nobody) };
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => [name, name in blank ? blank[name] : value] as const),
  );
}
