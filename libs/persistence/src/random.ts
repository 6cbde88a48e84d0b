import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** Randomness is taken from the system in portions: asking for each id by itself cost more than making it. */
const pool = new Uint8Array(8_192);
let used = pool.length;

/** That many random bytes; nobody gets the same ones. */
export function randomBytesOf(count: number): Uint8Array {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return pool.slice(used - count, used);
}

const rng = () => randomBytesOf(16);

/** A new id: a UUID of version 7 (RFC 9562), so that ids sort by the time they were made. */
export function newId(): string {
  return v7({ rng });
}
