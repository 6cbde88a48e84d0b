import { z } from 'zod';
import { Id, Problem } from '#contracts';

/** The largest value of PostgreSQL's integer. */
const maxInteger = 2_147_483_647;
const IdCursor = z.tuple([Id]);
const NumberCursor = z.tuple([z.int().min(0).max(maxInteger)]);
/** Since 1970, and so within what PostgreSQL stores. */
export const StoredInstant = z.iso
  .datetime()
  .transform((text) => new Date(text))
  .refine((instant) => instant.getTime() >= 0);
const InstantAndIdCursor = z.tuple([StoredInstant, Id]);

/** A list's cursor is opaque to clients: the sort keys of the last item shown, as base64url JSON. */
export function encodeCursor(keys: (string | number)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/** The sort keys of a cursor of any list; undefined for what is no cursor. */
function parseCursor(cursor: string): (string | number)[] | undefined {
  try {
    const keys = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    return Array.isArray(keys) && keys.every(isSortKey) ? (keys as (string | number)[]) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads the sort keys that a list's cursor carries.
 * @param keys a tuple with the kinds of the list's sort keys
 * @param refusal where the parameter has another name, or takes other values as well
 * @returns undefined for the first page
 * @throws Problem `request.invalid` for the cursor of another list, and for what is no cursor
 */
export function readCursor<Keys extends z.ZodType>(
  keys: Keys,
  cursor: string | undefined,
  refusal: CursorRefusal = ofCursor,
): z.output<Keys> | undefined {
  if (cursor === undefined) return undefined;
  const read = keys.safeParse(parseCursor(cursor));
  if (!read.success) throw foreignCursor(refusal);
  return read.data;
}

/** The id after which a page begins, `null` for the first one. @throws Problem `request.invalid` for any other cursor */
export function decodeIdCursor(cursor: string | undefined): string | null {
  return readCursor(IdCursor, cursor)?.[0] ?? null;
}

/** The number after which a page begins, 0 for the first one. @throws Problem `request.invalid` for any other cursor */
export function decodeNumberCursor(cursor: string | undefined): number {
  return readCursor(NumberCursor, cursor)?.[0] ?? 0;
}

/**
 * The instant and id after which a page begins, `null` for the first one.
 * @throws Problem `request.invalid` for any other cursor
 */
export function decodeInstantAndIdCursor(cursor: string | undefined): [Date, string] | null {
  return readCursor(InstantAndIdCursor, cursor) ?? null;
}

/** What is said of a cursor that no list gave out. */
interface CursorRefusal {
  readonly parameter: string;
  readonly message: string;
}

const ofCursor: CursorRefusal = {
  parameter: 'cursor',
  message: 'must be the nextCursor of an earlier answer',
};

function foreignCursor({ parameter, message }: CursorRefusal): Problem {
  return new Problem('request.invalid', `"${parameter}" ${message}.`, { errors: [{ parameter, message }] });
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
