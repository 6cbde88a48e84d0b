/** A page of a list grows to this at most: a NATS message holds 1 MiB unless its server is configured otherwise. */
const maxPageBytes = 900_000;

/** How many of the items a page of at most `limit` holds: as many as fit, and at least one. */
export function countFitting(items: readonly unknown[], limit: number): number {
  let bytes = 0;
  const tooMany = items.slice(0, limit).findIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    return bytes > maxPageBytes;
  });
  return tooMany === -1 ? limit : Math.max(1, tooMany);
}
