import { Problem } from '#contracts';
import { decodeCursor } from '#persistence';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
const maxVersion = 2_147_483_647;

/** The id after which a page begins, or null for the first. Throws `request.invalid` for a cursor of another list. */
export function idAfter(cursor: string | undefined): string | null {
  const [id] = decodeCursor(cursor, 1) ?? [];
  if (id === undefined) return null;
  if (typeof id === 'string' && uuid.test(id)) return id;
  throw foreignCursor();
}

/** The number after which a page begins, 0 for the first. Throws `request.invalid` for a cursor of another list. */
export function numberAfter(cursor: string | undefined): number {
  const [number] = decodeCursor(cursor, 1) ?? [0];
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= maxVersion) {
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
