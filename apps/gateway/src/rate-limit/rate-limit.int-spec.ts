import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { authenticateKeys, createCompany } from '#contracts';
import { Broker } from '#messaging';
import { Health, createLogger, readConfig } from '#service';
import { gatewaySettings } from '../config.js';
import { startGateway, type Gateway } from '../start-gateway.js';
import { FakeServices } from '../testing/stub-services.js';
import { startOwnBroker, type OwnBroker } from '../testing/test-broker.js';

/** Longer than replicas need to hear of each other. */
const heardMs = 350;

let server: OwnBroker;
let services: FakeServices;
const started: { gateway: Gateway; broker: Broker }[] = [];

async function start(environment: Record<string, string>): Promise<string> {
  const settings = { NATS_URL: server.url, HEALTH_PORT: '1', HOST: '127.0.0.1', PORT: '1', ...environment };
  const config = readConfig(gatewaySettings, settings);
  const broker = await Broker.connect({ url: server.url, name: 'gateway' });
  const gateway = await startGateway(
    { ...config, PORT: 0 },
    broker,
    new Health(),
    createLogger('gateway', 'silent'),
  );
  started.push({ gateway, broker });
  return `http://127.0.0.1:${gateway.port}`;
}

beforeAll(async () => {
  server = await startOwnBroker();
  services = new FakeServices(await Broker.connect({ url: server.url, name: 'fakes' }));
  await services.start([authenticateKeys, createCompany]);
  services.answer(createCompany, () => ({ company: { id: 'c3', version: 1 }, apiKey: 'x' }));
});

afterAll(async () => {
  for (const { gateway, broker } of started) {
    await gateway.drain();
    await broker.drain();
  }
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

/** Sends bytes as they are, and reads until the connection ends. */
function raw(base: string, bytes: string): Promise<{ text: string; seconds: number }> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(base).port), '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => resolve({ text, seconds: (performance.now() - began) / 1_000 }));
  });
}

describe('a limit', () => {
  it('holds for all replicas together, and leaves other callers alone', async () => {
    const [first, second] = [
      await start({ RATE_LIMIT_PER_MINUTE: '6' }),
      await start({ RATE_LIMIT_PER_MINUTE: '6' }),
    ];
    const key = newKey();
    expect(await statusesOf(3, () => me(first, key))).toEqual([200, 200, 200]);
    await sleep(heardMs);
    expect(await statusesOf(4, () => me(second, key))).toEqual([200, 200, 200, 429]);
    await sleep(heardMs);
    expect((await me(first, key)).status).toBe(429);
    expect([(await me(first)).status, (await me(second)).status]).toEqual([200, 200]);
  });

  it('says in every answer what is left, and when to come back', async () => {
    const base = await start({ RATE_LIMIT_PER_MINUTE: '2' });
    const key = newKey();
    const answers = [await me(base, key), await me(base, key), await me(base, key)];
    expect(answers.map(({ headers }) => headers.get('ratelimit-policy'))).toEqual(
      Array.from({ length: 3 }, () => '"requests";q=2;w=60'),
    );
    expect(answers.map(({ headers }) => headers.get('ratelimit')).slice(0, 2)).toEqual([
      '"requests";r=1;t=30',
      '"requests";r=0;t=60',
    ]);
    const [, , refused] = answers;
    expect([refused?.status, refused?.headers.get('retry-after')]).toEqual([429, '30']);
    expect(refused?.headers.get('ratelimit')).toBe('"requests";r=0;t=30');
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
    const [first, second] = [await start(limits), await start(limits)];
    expect(await statusesOf(3, () => me(first))).toEqual([200, 200, 200]);
    await sleep(heardMs);
    expect(await statusesOf(2, () => me(second))).toEqual([200, 429]);
    const refused = await me(second);
    expect(refused.headers.get('ratelimit-policy')).toBe('"address";q=4;w=60');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
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

describe('a sender', () => {
  let base: string;
  beforeAll(async () => {
    base = await start({ REQUEST_TIMEOUT_SECONDS: '1' });
  });

  it.each([
    ['its headers', 'GET /v1/tours HTTP/1.1\r\nHost: x\r\nX-Slow: '],
    [
      'its body',
      'POST /v1/companies HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{',
    ],
  ])('that never ends %s is cut off', async (_what, bytes) => {
    const { seconds } = await raw(base, bytes);
    expect(seconds).toBeGreaterThan(0.9);
    expect(seconds).toBeLessThan(4);
  });

  it.each([
    ['too long a header', `GET /v1/tours HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 413],
    ['what is no HTTP', 'HELLO\r\n\r\n', 400],
    [
      'two lengths of one body',
      'POST /v1/companies HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    [
      'a line break in a header',
      'GET /v1/tours HTTP/1.1\r\nHost: x\r\nX-A: a\nInjected\u0000: b\r\n\r\n',
      400,
    ],
  ])('of %s gets a problem, with an id to ask about', async (_what, bytes, status) => {
    const { text } = await raw(base, bytes);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(text).toMatch(/content-type: application\/problem\+json/i);
    expect(text).toMatch(/x-content-type-options: nosniff/i);
    const id = /x-request-id: (\S+)/i.exec(text)?.[1];
    expect(text).toContain(`"requestId":"${id}"`);
  });
});

describe('the headers of every answer', () => {
  it('keep browsers from guessing, framing and telling, and do not say what runs here', async () => {
    const base = await start({});
    const answers = await Promise.all([
      me(base),
      me(base, 'nobody'),
      fetch(`${base}/v1/nothing`),
      fetch(`${base}/v1/tours`, { method: 'DELETE' }),
      fetch(`${base}/v1/tours`, { method: 'OPTIONS' }),
      fetch(`${base}/v1/companies`, {
        method: 'POST',
        body: '{',
        headers: { 'content-type': 'application/json' },
      }),
      fetch(`${base}/health/live`),
      fetch(`${base}/openapi.json`),
      fetch(`${base}/docs`),
      fetch(`${base}/%ff`),
    ]);
    for (const { headers, url } of answers) {
      expect([url, headers.get('x-content-type-options')]).toEqual([url, 'nosniff']);
      expect([url, headers.get('x-frame-options')]).toEqual([url, 'DENY']);
      expect([url, headers.get('referrer-policy')]).toEqual([url, 'no-referrer']);
      expect([url, headers.get('x-request-id')]).toEqual([url, expect.stringMatching(/^[\w-]{36}$/)]);
      expect([url, headers.get('server'), headers.get('x-powered-by')]).toEqual([url, null, null]);
    }
  });

  it('demand TLS where it ended at a proxy, and say nothing of it elsewhere', async () => {
    const base = await start({});
    const behind = await fetch(`${base}/v1/me`, { headers: { 'x-forwarded-proto': 'https' } });
    expect(behind.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
    expect((await me(base)).headers.get('strict-transport-security')).toBeNull();
  });

  it('let pages of listed origins in, and of no other', async () => {
    const base = await start({ CORS_ORIGINS: 'https://app.example.org' });
    const from = (origin: string, method = 'GET') =>
      fetch(`${base}/v1/tours`, { method, headers: { origin, 'access-control-request-method': 'POST' } });
    const listed = await from('https://app.example.org', 'OPTIONS');
    expect(listed.headers.get('access-control-allow-origin')).toBe('https://app.example.org');
    expect(listed.headers.get('access-control-allow-methods')).toContain('POST');
    for (const origin of ['https://evil.example.org', 'null', 'https://app.example.org.evil.example.org']) {
      const { headers } = await from(origin, 'OPTIONS');
      expect([origin, headers.get('access-control-allow-origin')]).toEqual([origin, null]);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });
});
