/** RFC 5545, 3.1: no line is longer, its end not counted. */
const octetsAtMost = 75;

/** A content line in as many lines as it needs, each after the first begun with a space; no character is cut in two. */
export function folded(line: string): string {
  const lines: string[] = [];
  let [start, at, octets] = [0, 0, 0];
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0) ?? 0);
    if (octets + size > octetsAtMost) {
      lines.push(line.slice(start, at));
      // The space that the next line begins with is one of its octets.
      [start, octets] = [at, 1];
    }
    at += character.length;
    octets += size;
  }
  return [...lines, line.slice(start)].join('\r\n ');
}

/** In UTF-8. */
function octetsOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x1_0000 ? 3 : 4;
}
