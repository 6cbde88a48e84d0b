/**
 * JSON whose objects are read in the order of the text. JavaScript moves members that look like indices of an array
 * (`"302"`) to the front of an object, also in `JSON.parse`, but the rooms of a schedule are members in their order.
 */

/** Stands before the names of such members, so that they are none for JavaScript. JSON has no raw NUL. */
const mark = '\u0000';
const index = /^(?:0|[1-9]\d{0,9})$/u;
const maxIndexLength = 10;

/** @throws SyntaxError for what is no JSON */
export function parseOrderedJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const marked = markIndices(text);
  return marked === text ? value : JSON.parse(marked);
}

/** The members of an object as the text had them, in its order. */
export function membersOf(value: object): [string, unknown][] {
  return Object.entries(value).map(([name, member]) => [withoutMark(name), member]);
}

/** The same value as `JSON.parse` gives it. */
export function plainJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(membersOf(value).map(([name, member]) => [name, plainJson(member)]));
}

/** An object as JSON, its members in the order of the list. */
export function orderedJson(members: readonly (readonly [string, unknown])[]): string {
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

function withoutMark(name: string): string {
  return name.startsWith(mark) && index.test(name.slice(1)) ? name.slice(1) : name;
}

/** Walks from string to string, which in valid JSON are the only places with quotation marks. */
function markIndices(text: string): string {
  let [marked, copied] = ['', 0];
  for (let start = text.indexOf('"'); start !== -1;) {
    const end = endOfString(text, start);
    const isShort = end - start - 1 <= maxIndexLength;
    if (isShort && index.test(text.slice(start + 1, end)) && isName(text, end)) {
      marked += `${text.slice(copied, start + 1)}\\u0000`;
      copied = start + 1;
    }
    start = text.indexOf('"', end + 1);
  }
  return marked + text.slice(copied);
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (/\s/u.test(text[at] ?? '')) at += 1;
  return text[at] === ':';
}
