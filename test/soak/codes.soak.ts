import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeCode } from '../../apps/outcomes/src/codes/crockford.js';
import { verifyCode } from '../../libs/contracts/src/index.js';
import { OutcomeWorld } from '../integration/outcomes/outcome-world.js';

/** CODE_GUESSES makes it shorter or longer. */
const guesses = Number(process.env['CODE_GUESSES'] ?? 1_000_000);
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

const samples = 1_000;
/** Two medians differ by more than this part of them only where something tells codes apart. */
const tolerated = 0.05;

/** How long answers take, in milliseconds: each kind of code in turn, in an order that changes, so that load hits all. */
async function timesOf(kinds: Readonly<Record<string, () => string>>): Promise<Record<string, number[]>> {
  const names = Object.keys(kinds);
  const times: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let at = 0; at < samples; at += 1)
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(at + turn) % names.length] ?? '';
      const code = kinds[name]?.() ?? '';
      const start = performance.now();
      await world.service.ask(verifyCode, { code }, world.anybody);
      times[name]?.push(performance.now() - start);
    }
  return times;
}

const median = (of: readonly number[]) => of.toSorted((a, b) => a - b)[of.length >> 1] ?? 0;

/** The part of random splits of all times whose medians differ at least as much as these two. */
function chance(a: readonly number[], b: readonly number[]): number {
  const all = [...a, ...b];
  const seen = Math.abs(median(a) - median(b));
  const splits = 200;
  let asFar = 0;
  for (let at = 0; at < splits; at += 1) {
    const [one, other]: [number[], number[]] = [[], []];
    for (const time of all) (Math.random() < 0.5 ? one : other).push(time);
    if (Math.abs(median(one) - median(other)) >= seen) asFar += 1;
  }
  return asFar / splits;
}

describe('the time of an answer', () => {
  it('does not tell a code that nobody has from what is no code, or from one that is nearly right', async () => {
    const { members } = await world.announce(await world.batch('TIMED', 20));
    const known = members.map(({ code }) => code ?? '');
    let turn = 0;
    const times = await timesOf({
      unknown: guess,
      malformed: () => `no code ${(turn += 1)}`,
      // All but the last symbol of a code that is valid, and the check symbol of another one.
      near: () => `${known[(turn += 1) % known.length]?.slice(0, -1) ?? ''}${turn % 2 === 0 ? 'U' : '~'}`,
    });
    const { unknown = [], malformed = [], near = [] } = times;
    for (const other of [malformed, near]) {
      const difference = Math.abs(median(unknown) - median(other)) / median(unknown);
      const p = chance(unknown, other);
      console.log(`medians ${median(unknown).toFixed(3)} and ${median(other).toFixed(3)} ms, p ${p}`);
      expect(difference < tolerated || p > 0.01).toBe(true);
    }
  }, 600_000);

  it('would show a code that takes a tenth longer', () => {
    const drawn = () => Array.from({ length: samples }, () => 1 + Math.random() ** 4);
    const [usual, slower] = [drawn(), drawn().map((time) => time * 1.1)];
    expect(chance(usual, slower)).toBeLessThan(0.01);
    expect(Math.abs(median(usual) - median(slower)) / median(usual)).toBeGreaterThan(tolerated);
  }, 60_000);
});

describe('a million guesses of codes', () => {
  it('find none of 500, while the codes themselves are found', async () => {
    const { members } = await world.announce(await world.batch('GUESSED', 500));
    expect(await known(members.map(({ code }) => code ?? ''))).toBe(500);
    let found = 0;
    for (let at = 0; at < guesses; at += guessesAtOnce)
      found += await known(Array.from({ length: guessesAtOnce }, guess));
    expect(found).toBe(0);
  }, 900_000);
});
