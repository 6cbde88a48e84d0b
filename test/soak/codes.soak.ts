import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeCode } from '../../apps/outcomes/src/codes/crockford.js';
import { OutcomeWorld } from '../integration/outcomes/outcome-world.js';

const guesses = 1_000_000;
const guessesAtOnce = 10_000;
const codeBits = 100n;

let world: OutcomeWorld;

beforeAll(async () => {
  world = await OutcomeWorld.start();
}, 60_000);
afterAll(() => world.end());

/** How many of some codes name something, looked up as a request looks up one. */
async function known(codes: readonly string[]): Promise<number> {
  const hashes = codes.map((code) => createHash('sha256').update(code).digest('hex'));
  const [row] = (await world.service.rows.query(
    `SELECT count(*)::integer AS known FROM codes WHERE hash IN (SELECT decode(h, 'hex') FROM unnest($1::text[]) AS h)`,
    [hashes],
  )) as [{ known: number }];
  return row.known;
}

function guess(): string {
  return encodeCode(BigInt(`0x${randomBytes(16).toString('hex')}`) & ((1n << codeBits) - 1n));
}

describe('a million guesses of codes', () => {
  it('find none of 500, while the codes themselves are found', async () => {
    const { members } = await world.announce(await world.batch('GUESSED', 500));
    expect(await known(members.map(({ code }) => code ?? ''))).toBe(500);
    let found = 0;
    for (let at = 0; at < guesses; at += guessesAtOnce)
      found += await known(Array.from({ length: guessesAtOnce }, guess));
    expect(found).toBe(0);
  }, 300_000);
});
