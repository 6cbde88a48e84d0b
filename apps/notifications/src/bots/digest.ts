/** What WeCom takes, in bytes of UTF-8; the others take more. */
export const maxDigestBytes = 4_096;
const maxNameChars = 60;

const encoder = new TextEncoder();

/**
 * Puts lines under each other as far as they fit; the last one says how many there are besides.
 * @param more the line that counts what was left out
 */
export function digestOf(lines: readonly string[], more: (count: number) => string): string {
  const whole = lines.join('\n');
  if (bytesOf(whole) <= maxDigestBytes) return whole;
  const shown: string[] = [];
  let bytes = bytesOf(more(lines.length)) + 1;
  for (const line of lines) {
    bytes += bytesOf(line) + 1;
    if (bytes > maxDigestBytes) break;
    shown.push(line);
  }
  if (shown.length === 0) return cutToBytes(whole, maxDigestBytes);
  return [...shown, more(lines.length - shown.length)].join('\n');
}

/** Cuts a text at the border of what a reader sees as one character, whatever code points it is made of. */
export function cutToBytes(text: string, maxBytes: number): string {
  if (bytesOf(text) <= maxBytes) return text;
  let bytes = bytesOf('…');
  let cut = '';
  for (const { segment } of graphemes.segment(text)) {
    bytes += bytesOf(segment);
    if (bytes > maxBytes) break;
    cut += segment;
  }
  return `${cut}…`;
}

/**
 * A name that others gave, as text that no robot takes for markup: no links, no emphasis, and nobody is mentioned
 * (`<@all>`, `<at id=all>`).
 */
export function plainName(name: string): string {
  const characters = [...graphemes.segment(name.replaceAll(/\s+/g, ' ').trim())];
  const short = characters
    .slice(0, maxNameChars)
    .map(({ segment }) => segment)
    .join('');
  const plain = short.replaceAll(/[<>[\]()*_`#~@|\\!]/g, (one) => fullWidth(one));
  return characters.length > maxNameChars ? `${plain}…` : plain;
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** The full-width form of a character of ASCII (U+FF01 to U+FF5E). */
function fullWidth(one: string): string {
  return String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0);
}

function bytesOf(text: string): number {
  return encoder.encode(text).length;
}
