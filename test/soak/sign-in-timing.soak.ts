import { randomInt, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient } from '../support/client.js';
import { Mailbox } from '../support/mailbox.js';
import { sharedSystem } from '../support/shared-system.js';

/** Members of the organization, and as many addresses that belong to nobody. */
const people = 75;
/** With the mail by which each signed in, or was asked for once, these are what an hour allows an address. */
const rounds = 4;

let anyone: ApiClient;
let known: string[];
let unknown: string[];

beforeAll(async () => {
  const system = await sharedSystem();
  anyone = new ApiClient(system.url);
  const mails = new Mailbox(anyone, system.mailPageUrl);
  known = [];
  unknown = [];
  for (let count = 0; count < people; count += 1) {
    const browser = anyone.withCookie(await mails.join(anyone.with(system.organizerKey)));
    known.push((await browser.get('/v1/me')).body.user.email);
    const nobody = `nobody-${randomUUID()}@example.com`;
    // A code that was asked for before is the same for both, so that only being known tells them apart.
    await askCode(nobody);
    unknown.push(nobody);
  }
}, 600_000);

function askCode(email: string): Promise<{ status: number }> {
  const network = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
  return anyone.post('/v1/sign-in/codes', { email }, { 'x-forwarded-for': network });
}

/** A code is a guess for a known address as for any other: nobody asked for this one in this browser. */
function guessCode(email: string): Promise<{ status: number }> {
  return anyone.post('/v1/sign-in', { email, code: '000000' });
}

/** Milliseconds of requests with addresses of both kinds, one after the other in an order drawn by lot. */
async function timed(
  request: (email: string) => Promise<{ status: number }>,
  status: number,
): Promise<{ known: number[]; unknown: number[] }> {
  const taken = { known: [] as number[], unknown: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    for (const { email, kind } of shuffled()) {
      const begun = performance.now();
      const answer = await request(email);
      taken[kind].push(performance.now() - begun);
      expect(answer.status).toBe(status);
    }
  }
  return taken;
}

function shuffled(): { email: string; kind: 'known' | 'unknown' }[] {
  return [
    ...known.map((email) => ({ email, kind: 'known' as const, at: Math.random() })),
    ...unknown.map((email) => ({ email, kind: 'unknown' as const, at: Math.random() })),
  ].toSorted((a, b) => a.at - b.at);
}

/**
 * How well times tell two kinds apart, as Mann and Whitney measure it: how often one of the first kind is the longer of
 * two drawn by lot, less a half, in standard deviations of what chance alone gives. Ranks bear outliers of a busy machine.
 */
function distinction(first: readonly number[], second: readonly number[]): number {
  const pairs = first.length * second.length;
  const longer = first.reduce((sum, a) => sum + second.filter((b) => a > b).length, 0);
  const byChance = Math.sqrt((first.length + second.length + 1) / (12 * pairs));
  return (longer / pairs - 0.5) / byChance;
}

/** Beyond five deviations, chance is ruled out: it happens once in two million runs. */
const ruledOut = 5;

describe('how long an answer takes', () => {
  it.each([
    ['a code is asked for', askCode, 202],
    ['a code is guessed', guessCode, 401],
  ] as const)(
    'tells nothing of who is known when %s',
    async (_what, request, status) => {
      const taken = await timed(request, status);
      expect(Math.abs(distinction(taken.known, taken.unknown))).toBeLessThan(ruledOut);
      // Negative control: the same times would give a known address away that cost a third more.
      const slower = taken.known.map((ms) => ms * 1.33);
      expect(distinction(slower, taken.unknown)).toBeGreaterThan(ruledOut);
    },
    600_000,
  );
});
