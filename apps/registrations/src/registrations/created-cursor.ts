import { Problem } from '#contracts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The instant and id that a cursor names. Cursors come from clients: what is neither is refused. */
export function readCursor(keys: readonly (string | number)[] | undefined): [Date | null, string | null] {
  if (keys === undefined) return [null, null];
  const [instant, id] = keys;
  const createdAt = new Date(typeof instant === 'string' ? instant : NaN);
  if (
    !Number.isNaN(createdAt.getTime()) &&
    createdAt.getTime() >= 0 &&
    typeof id === 'string' &&
    uuid.test(id)
  ) {
    return [createdAt, id];
  }
  const message = 'must be the nextCursor of an earlier answer';
  throw new Problem('request.invalid', `The cursor ${message}.`, {
    errors: [{ parameter: 'cursor', message }],
  });
}
