/** XML names its encoding in its first line, in either kind of quotes. */
const declaredEncoding = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]{1,40})["']/;
const charsetOfType = /;\s*charset\s*=\s*"?([\w.:-]{1,40})"?/i;

const byteOrderMarks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
];

/** Bytes that windows-1252 leaves undefined; browsers read them as control characters. */
// oxlint-disable-next-line no-control-regex -- These characters are what must show.
const undefinedIn1252 = /[\u0080-\u009F]/gu;

/** The encoding of a file: by its byte order mark, its media type, its XML declaration; else UTF-8 (RFC 7303, 3). */
export function encodingOf(body: Buffer, contentType: string | undefined): string {
  const marked = byteOrderMarks.find(([, mark]) => mark.every((byte, index) => body[index] === byte));
  const declared = declaredEncoding.exec(body.toString('latin1', 0, 200));
  return marked?.[0] ?? charsetOfType.exec(contentType ?? '')?.[1] ?? declared?.[1] ?? 'utf-8';
}

/**
 * The text of a file. A byte that is none in the encoding becomes U+FFFD, so that who reads the file can name the place.
 * @returns null for an encoding that nobody knows
 */
export function decodeText(body: Buffer, encoding: string): string | null {
  const decoder = decoderFor(encoding);
  if (decoder === null) return null;
  const text = decoder.decode(body);
  return decoder.encoding === 'windows-1252' ? text.replace(undefinedIn1252, '\uFFFD') : text;
}

function decoderFor(encoding: string): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(encoding);
  } catch {
    return null;
  }
}
