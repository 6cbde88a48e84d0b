import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { authenticateKeys, createCompany } from '#contracts';
import { Broker } from '#messaging';
import { inSomeTry } from '#service/testing/patience';
import { StubServices } from '../testing/stub-services.js';
import { startTestBroker, type TestBroker } from '../testing/test-broker.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

/** Longer than replicas need to receive each other's counts; on a busy machine more than in the first try. */
const heardMs = (tries: number) => 350 * (1 + 3 * tries);

let server: TestBroker;
let services: StubServices;
const started: TestGateway[] = [];

async function start(environment: Record<string, string>): Promise<string> {
  const gateway = await startTestGateway(server.url, environment);
  started.push(gateway);
  return gateway.base;
}

beforeAll(async () => {
  server = await startTestBroker();
  services = new StubServices(await Broker.connect({ url: server.url, name: 'stubs' }));
  await services.start([authenticateKeys, createCompany]);
  services.handle(createCompany, () => ({ company: { id: 'c3', version: 1 }, apiKey: 'x' }));
});

afterAll(async () => {
  for (const gateway of started) await gateway.stop();
  await services.stop();
  await server.stop();
});

/** A key that no other test spends from: all gateways here count together. */
function newKey(): string {
  const apiKey = `waystop_company_${randomUUID()}`;
  services.addKey(apiKey, { keyId: randomUUID(), role: 'company', companyId: 'c1' });
  return apiKey;
}
const me = (base: string, apiKey = newKey()) =>
  fetch(`${base}/v1/me`, { headers: { authorization: `Bearer ${apiKey}` } });
const statusesOf = async (count: number, ask: () => Promise<Response>): Promise<number[]> => {
  const statuses: number[] = [];
  for (let n = 0; n < count; n += 1) statuses.push((await ask()).status);
  return statuses;
};
const signUp = (base: string) =>
  fetch(`${base}/v1/companies`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: { en: 'Example Company 017' },
      uscc: '91350100M000100Y43',
      contact: { name: 'A', email: 'a@example.com' },
    }),
  });

describe('a limit', () => {
  it('holds for all replicas together, and leaves other callers alone', async () => {
    const [first, second] = [
      await start({ RATE_LIMIT_PER_MINUTE: '6' }),
      await start({ RATE_LIMIT_PER_MINUTE: '6' }),
    ];
    await inSomeTry(async (tries) => {
      const key = newKey();
      expect(await statusesOf(3, () => me(first, key))).toEqual([200, 200, 200]);
      await sleep(heardMs(tries));
      expect(await statusesOf(4, () => me(second, key))).toEqual([200, 200, 200, 429]);
      await sleep(heardMs(tries));
      expect((await me(first, key)).status).toBe(429);
    });
    expect([(await me(first)).status, (await me(second)).status]).toEqual([200, 200]);
  });

  it('says in every answer what is left, and when to come back', async () => {
    const base = await start({ RATE_LIMIT_PER_MINUTE: '2' });
    const key = newKey();
    const beganMs = performance.now();
    const answers = [await me(base, key), await me(base, key), await me(base, key)];
    const tookSeconds = Math.ceil((performance.now() - beganMs) / 1_000);
    const left = (at: number) =>
      /^"requests";r=(\d);t=(\d+)$/.exec(answers[at]?.headers.get('ratelimit') ?? '');
    const about = (seconds: number) => Array.from({ length: tookSeconds + 1 }, (_, late) => seconds - late);
    expect(answers.map(({ headers }) => headers.get('ratelimit-policy'))).toEqual(
      Array.from({ length: 3 }, () => '"requests";q=2;w=60'),
    );
    for (const [at, tokens, seconds] of [
      [0, '1', 30],
      [1, '0', 60],
      [2, '0', 30],
    ] as const) {
      expect([at, left(at)?.[1]]).toEqual([at, tokens]);
      expect(about(seconds)).toContain(Number(left(at)?.[2]));
    }
    const [, , refused] = answers;
    expect([refused?.status, refused?.headers.get('retry-after')]).toEqual([429, left(2)?.[2]]);
  });

  it('counts wrong keys and the public by address', async () => {
    const base = await start({ RATE_LIMIT_PER_MINUTE: '2' });
    expect(await statusesOf(3, () => me(base, 'guess'))).toEqual([401, 401, 429]);
    expect((await fetch(`${base}/v1/tours`)).status).toBe(429);
    expect((await me(base)).status).toBe(200);
  });

  it('leaves an address alone that many companies share, whose keys are each within their own', async () => {
    const base = await start({ RATE_LIMIT_PER_MINUTE: '2' });
    const keys = Array.from({ length: 20 }, () => newKey());
    const answers = await Promise.all([...keys, ...keys].map((key) => me(base, key)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
  });

  it('for an address counts all keys together, for all replicas, where it is set', async () => {
    const limits = { RATE_LIMIT_PER_MINUTE: '100', ADDRESS_LIMIT_PER_MINUTE: '4' };
    await inSomeTry(async (tries) => {
      const [first, second] = [await start(limits), await start(limits)];
      expect(await statusesOf(3, () => me(first))).toEqual([200, 200, 200]);
      await sleep(heardMs(tries));
      expect(await statusesOf(2, () => me(second))).toEqual([200, 429]);
      const refused = await me(second);
      expect(refused.headers.get('ratelimit-policy')).toBe('"address";q=4;w=60');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    });
  });

  it('of sign-ups is one of its own', async () => {
    const base = await start({ RATE_LIMIT_PER_MINUTE: '100', SIGN_UP_LIMIT_PER_MINUTE: '2' });
    expect(await statusesOf(3, () => signUp(base))).toEqual([201, 201, 429]);
    expect((await me(base)).headers.get('ratelimit')).toMatch(/^"requests";r=99/);
  });

  it('is not there, and says nothing, at 0', async () => {
    const base = await start({ RATE_LIMIT_PER_MINUTE: '0' });
    const answer = await me(base);
    expect([answer.status, answer.headers.get('ratelimit'), answer.headers.get('ratelimit-policy')]).toEqual([
      200,
      null,
      null,
    ]);
  });
});
