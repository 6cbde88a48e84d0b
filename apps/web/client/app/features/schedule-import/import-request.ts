/** What the organizer chose for an import. */
export interface ImportOptions {
  /** Moves the file's first day onto the stop's, every time of day as it is. */
  readonly isAligned: boolean;
  /** What becomes of sessions that the stop has already. */
  readonly existing: 'skip' | 'update';
  /** What becomes of entries that can't have their place: kept without one, left out, or the whole file refused. */
  readonly unplaced: 'keep' | 'skip' | 'atomic';
}

export const usualOptions: ImportOptions = { isAligned: false, existing: 'update', unplaced: 'keep' };

export type FileFormat = 'json' | 'xml';
export const mediaTypes: Readonly<Record<FileFormat, string>> = {
  json: 'application/json',
  xml: 'application/xml',
};

/** A byte order mark in UTF-8, and the bytes that are blank in a text. */
const ignored = new Set([0xef, 0xbb, 0xbf, 0x20, 0x09, 0x0a, 0x0d]);
const [brace, angle] = [0x7b, 0x3c];

/** What a file is, by its first letter; by its name where it is written in another way, such as UTF-16. `null` for a table or a text. */
export function formatOf(name: string, bytes: Uint8Array): FileFormat | null {
  const first = bytes.find((byte) => !ignored.has(byte));
  if (first === brace) return 'json';
  if (first === angle) return 'xml';
  const isWide = bytes[0] === 0xff || bytes[0] === 0xfe || first === 0;
  if (!isWide) return null;
  return /\.xml$/i.test(name) ? 'xml' : null;
}

/** Asks what the file would change, and changes nothing. */
export function comparePath(stopId: string, { isAligned }: ImportOptions): string {
  return path(stopId, { existing: 'compare', ...(isAligned ? { align: 'start' } : {}) });
}

export function importPath(stopId: string, { isAligned, existing, unplaced }: ImportOptions): string {
  return path(stopId, {
    existing,
    ...(isAligned ? { align: 'start' } : {}),
    ...(unplaced === 'atomic' ? { atomic: 'true' } : { refused: unplaced }),
  });
}

function path(stopId: string, query: Record<string, string>): string {
  return `/stops/${stopId}/sessions/import?${new URLSearchParams(query).toString()}`;
}
