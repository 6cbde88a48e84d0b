/** An element from ready parts. */
export function element(
  name: string,
  attributes: Record<string, string>,
  content: readonly string[],
): string {
  const listed = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${listed.join('')}>${content.join('')}</${name}>`;
}

export function text(name: string, content: string): string {
  return element(name, {}, [escaped(content)]);
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Line ends as references, since a reader may turn them into others, and into blanks in attributes.
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Characters that XML 1.0 does not know at all are left out: no reference may name them either. */
export function escaped(content: string): string {
  return (
    content
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex -- These characters are what must go.
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, '')
      .replace(/[&<>"\r\n\t]/gu, (character) => escapes[character] ?? '')
  );
}
