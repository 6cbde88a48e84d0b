import { Id, Problem } from '#contracts';

/** The largest value of PostgreSQL's integer. */
const maxInteger = 2_147_483_647;

/** A list's cursor is opaque to clients: the sort keys of the last item shown, as base64url JSON. */
export function encodeCursor(keys: (string | number)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/** @throws Problem `request.invalid` for a cursor that no list gave out */
export function decodeCursor(cursor: string | undefined, length: number): (string | number)[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const keys = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (Array.isArray(keys) && keys.length === length && keys.every(isSortKey))
      return keys as (string | number)[];
  } catch {
    // An unreadable cursor is refused below like any other that is not ours.
  }
  throw foreignCursor();
}

/** The id after which a page begins, `null` for the first one. @throws Problem `request.invalid` for any other cursor */
export function decodeIdCursor(cursor: string | undefined): string | null {
  const [id] = decodeCursor(cursor, 1) ?? [];
  if (id === undefined) return null;
  const known = Id.safeParse(id);
  if (!known.success) throw foreignCursor();
  return known.data;
}

/** The number after which a page begins, 0 for the first one. @throws Problem `request.invalid` for any other cursor */
export function decodeNumberCursor(cursor: string | undefined): number {
  const [number] = decodeCursor(cursor, 1) ?? [0];
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= maxInteger) {
    return number;
  }
  throw foreignCursor();
}

function foreignCursor(): Problem {
  const message = 'must be the nextCursor of an earlier answer';
  return new Problem('request.invalid', `The cursor ${message}.`, {
    errors: [{ parameter: 'cursor', message }],
  });
}

function isSortKey(key: unknown): boolean {
  return typeof key === 'number' || (typeof key === 'string' && key.length <= 64 && !key.includes('\u0000'));
}

/**
 * Cuts one page out of `limit + 1` rows that were read.
 * @param keysOf the sort keys of a row, as the next page's cursor will carry them
 */
export function cutPage<Row>(
  rows: Row[],
  limit: number,
  keysOf: (row: Row) => (string | number)[],
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keysOf(last)) : null };
}
