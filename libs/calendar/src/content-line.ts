/** A line takes 75 octets at most (RFC 5545, 3.1), and one that goes on begins with a blank. */
const maxOctets = 74;
const maxOctetsOfUnit = 3;

/** A property with a text as its value (RFC 5545, 3.3.11), folded. */
export function textLine(name: string, text: string): string {
  return folded(`${name}:${escaped(printable(text))}`);
}

/** The line cut where it is longer than a line may be, never within a character. */
export function folded(line: string): string {
  if (line.length * maxOctetsOfUnit <= maxOctets) return line;
  const parts: string[] = [];
  let [start, octets] = [0, 0];
  for (let at = 0; at < line.length; at += 1) {
    const unit = line.charCodeAt(at);
    const isPair = unit >= 0xd800 && unit <= 0xdbff;
    const size = isPair ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : maxOctetsOfUnit;
    if (octets + size > maxOctets) {
      parts.push(line.slice(start, at));
      [start, octets] = [at, 0];
    }
    octets += size;
    if (isPair) at += 1;
  }
  if (parts.length === 0) return line;
  parts.push(line.slice(start));
  return parts.join('\r\n ');
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/gu, '\\$&').replace(/\r\n|\r|\n/gu, '\\n');
}

/** RFC 5545 allows no control character but the tab in a text; half a surrogate pair has no UTF-8 form. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- These characters are what must go.
  return text.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/gu, '');
}
