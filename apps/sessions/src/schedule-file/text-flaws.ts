/** What a text loses before it is stored: C0 but line ends and tabs, DEL, C1. */
// oxlint-disable-next-line no-control-regex -- These characters are what must go.
export const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/gu;
/** They turn all that follows round, in exports and in other people's lists too. */
export const directionControls = /[\u202A-\u202E\u2066-\u2069]/gu;
/** Stands for what could not be decoded. */
const replacement = '\uFFFD';

/** What is wrong with the characters of an entry, one sentence a kind. */
export function flawsOf(texts: Iterable<string>): string[] {
  const flaws = new Set<string>();
  for (const text of texts) {
    if (text.includes(replacement) || !text.isWellFormed())
      flaws.add('Some of its characters can not be decoded and show as \uFFFD.');
    if (text.search(controls) >= 0) flaws.add('Its control characters are left out.');
    if (text.search(directionControls) >= 0)
      flaws.add('Its characters that turn the direction of the text round are left out.');
  }
  return [...flaws];
}

/** Links that lead nowhere can't be given back. */
export function withoutAddress(count: number): string[] {
  if (count === 0) return [];
  return [
    count === 1
      ? 'A link without an address is left out.'
      : `${count} links without an address are left out.`,
  ];
}

/** Every text in a value of JSON, also the names of members. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (!Array.isArray(value)) yield name;
    yield* textsIn(member);
  }
}
