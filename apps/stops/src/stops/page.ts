import type { z } from 'zod';
import { Problem } from '#contracts';

/** A page of a list grows to this at most: a NATS message holds 1 MiB unless its server is told otherwise. */
const pageBytes = 900_000;

/** How many of the items a page of at most `limit` holds: as many as fit, and at least one. */
export function fitting(items: readonly unknown[], limit: number): number {
  let bytes = 0;
  const tooMany = items.slice(0, limit).findIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    return bytes > pageBytes;
  });
  return tooMany === -1 ? limit : Math.max(1, tooMany);
}

/** The sort keys that a decoded cursor holds; `request.invalid` where they are not of this list's kind. */
export function keysOf<Keys extends z.ZodType>(
  schema: Keys,
  cursor: readonly unknown[] | undefined,
): z.output<Keys> | undefined {
  if (cursor === undefined) return undefined;
  const keys = schema.safeParse(cursor);
  if (keys.success) return keys.data;
  const message = 'must be the nextCursor of an earlier answer';
  throw new Problem('request.invalid', `The cursor ${message}.`, {
    errors: [{ parameter: 'cursor', message }],
  });
}
