import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Problem,
  authenticateKeys,
  exportScheduleJson,
  getStop,
  listTours,
  registerDelegation,
  updateTour,
} from '#contracts';
import { Broker } from '#messaging';
import { StubServices } from '../testing/stub-services.js';
import { startTestBroker, type TestBroker } from '../testing/test-broker.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

const stopId = '01980000-0000-7000-8000-00000000000a';
const stopPath = `/v1/stops/${stopId}`;
const listed = 'https://app.example.org';
const other = 'https://evil.example.org';
const stop = {
  id: stopId,
  tourId: '01980000-0000-7000-8000-00000000000b',
  registration: { opensAt: '2020-01-01T00:00:00Z', closesAt: '2099-01-01T00:00:00Z' },
  version: 1,
};

let server: TestBroker;
let services: StubServices;
const started: TestGateway[] = [];

async function start(environment: Record<string, string> = {}): Promise<string> {
  const gateway = await startTestGateway(server.url, environment);
  started.push(gateway);
  return gateway.base;
}

beforeAll(async () => {
  server = await startTestBroker();
  services = new StubServices(await Broker.connect({ url: server.url, name: 'stubs' }));
  await services.start([
    authenticateKeys,
    exportScheduleJson,
    getStop,
    listTours,
    registerDelegation,
    updateTour,
  ]);
  services.handle(getStop, ({ id }: { id: string }) => {
    if (id !== stopId) throw new Problem('resource.not_found', 'There is no such stop.');
    return stop;
  });
  services.handle(listTours, () => ({ items: [], nextCursor: null }));
  services.handle(registerDelegation, () => ({ id: 'r', version: 1 }));
  services.handle(exportScheduleJson, ({ baseUrl }: { baseUrl: string }) => ({
    text: JSON.stringify({ baseUrl }),
  }));
  for (const role of ['company', 'organizer'] as const)
    services.addKey(role, { keyId: randomUUID(), role, companyId: 'c1', organizationId: 'o1' });
});

afterAll(async () => {
  for (const gateway of started) await gateway.stop();
  await services.stop();
  await server.stop();
});

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** Reads the response to its end, since a connection with unread bytes is not idle and holds up the end of a gateway. */
async function fetch(url: string, init?: RequestInit): Promise<Response> {
  const response = await globalThis.fetch(url, init);
  await response.clone().arrayBuffer();
  return response;
}

describe('the headers of every response', () => {
  it('keep browsers from guessing, framing and telling, and do not say what runs here', async () => {
    const base = await start();
    const responses = await Promise.all([
      fetch(`${base}/v1/me`, { headers: bearer('company') }),
      fetch(`${base}/v1/me`, { headers: bearer('nobody') }),
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
    for (const { headers, url } of responses) {
      expect([url, headers.get('x-content-type-options')]).toEqual([url, 'nosniff']);
      expect([url, headers.get('x-frame-options')]).toEqual([url, 'DENY']);
      expect([url, headers.get('referrer-policy')]).toEqual([url, 'no-referrer']);
      expect([url, headers.get('content-security-policy')]).toEqual([
        url,
        expect.stringContaining("frame-ancestors 'none'"),
      ]);
      expect([url, headers.get('x-request-id')]).toEqual([url, expect.stringMatching(/^[\w-]{36}$/)]);
      expect([url, headers.get('server'), headers.get('x-powered-by')]).toEqual([url, null, null]);
    }
  });

  it('demand TLS where it ended at a proxy, and say nothing of it elsewhere', async () => {
    const base = await start();
    const overTls = { headers: { 'x-forwarded-proto': 'https' } };
    for (const path of ['/v1/me', '/v1/nothing', '/%ff', '/v1/tours']) {
      const behind = await fetch(base + path, overTls);
      expect([path, behind.headers.get('strict-transport-security')]).toEqual([
        path,
        expect.stringMatching(/^max-age=\d{8}/),
      ]);
    }
    const direct = await fetch(`${base}/v1/me`);
    expect(direct.headers.get('strict-transport-security')).toBeNull();
  });
});

describe('pages of other origins', () => {
  let base: string;
  const from = (path: string, origin: string, headers: Record<string, string> = {}) =>
    fetch(base + path, { headers: { origin, ...headers } });
  const preflight = (path: string, origin: string, method: string, headers = 'if-none-match') =>
    fetch(base + path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': headers,
      },
    });
  const allowed = ({ headers }: Response) => headers.get('access-control-allow-origin');

  beforeAll(async () => {
    base = await start({ CORS_ORIGINS: listed });
  });

  it.each([listed, other, 'null'])('read what is public, cached and not: %s', async (origin) => {
    const first = await from(stopPath, origin);
    const again = await from(stopPath, origin);
    const etag = again.headers.get('etag') ?? '';
    const unchanged = await from(stopPath, origin, { 'if-none-match': etag });
    expect([first, again, unchanged].map(({ status }) => status)).toEqual([200, 200, 304]);
    for (const response of [first, again, unchanged]) {
      expect(allowed(response)).toBe('*');
      expect(response.headers.get('access-control-expose-headers')).toContain('ETag');
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it('read without an Origin what shared caches may then show to pages', async () => {
    expect(allowed(await fetch(base + stopPath))).toBe('*');
  });

  it('read the problems of public reads as well', async () => {
    const missing = await from('/v1/stops/01980000-0000-7000-8000-0000000000ff', other);
    const invalid = await from('/v1/tours?x=1', other);
    expect([missing.status, allowed(missing)]).toEqual([404, '*']);
    expect([invalid.status, allowed(invalid)]).toEqual([422, '*']);
  });

  it('may ask for public reads with If-None-Match, but not with a key', async () => {
    const response = await preflight(stopPath, other, 'GET');
    expect([response.status, allowed(response)]).toEqual([204, '*']);
    expect(response.headers.get('access-control-allow-headers')).toContain('If-None-Match');
    expect(response.headers.get('access-control-allow-headers')).not.toContain('Authorization');
    expect(response.headers.get('access-control-allow-methods')).toContain('GET');
  });

  it('do nothing else unless they are listed', async () => {
    for (const origin of [other, 'null', `${listed}.evil.example.org`]) {
      for (const [path, method] of [
        ['/v1/tours', 'POST'],
        ['/v1/me', 'GET'],
        ['/openapi.json', 'GET'],
      ] as const) {
        const response = await preflight(path, origin, method, 'authorization');
        expect([path, origin, response.status, allowed(response)]).toEqual([path, origin, 204, null]);
        expect(response.headers.get('access-control-allow-methods')).toBeNull();
      }
      expect([origin, allowed(await from('/v1/me', origin, bearer('company')))]).toEqual([origin, null]);
      expect([origin, allowed(await from('/v1/nothing', origin))]).toEqual([origin, null]);
    }
  });

  it('do all with a key where they are listed', async () => {
    const response = await preflight('/v1/tours', listed, 'POST', 'authorization');
    expect([response.status, allowed(response)]).toEqual([204, listed]);
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
    expect(response.headers.get('access-control-allow-headers')).toContain('Authorization');
    const me = await from('/v1/me', listed, bearer('company'));
    expect([me.status, allowed(me), me.headers.get('vary')]).toEqual([200, listed, 'Origin']);
    const withKey = await preflight(stopPath, listed, 'GET', 'authorization');
    expect(withKey.headers.get('access-control-allow-headers')).toContain('Authorization');
  });

  it('have no effect on who calls: a cookie means nothing', async () => {
    const response = await from('/v1/me', other, { cookie: 'waystop=company' });
    expect(response.status).toBe(401);
  });
});

describe('a trailing slash', () => {
  let base: string;
  beforeAll(async () => {
    base = await start();
  });

  it.each<[string, string, number]>([
    ['GET', '/v1/tours/', 200],
    ['GET', '/v1/tours/?limit=1', 200],
    ['GET', `${stopPath}/`, 200],
    ['GET', '/v1/me/', 401],
    ['GET', '/health/live/', 200],
    ['GET', '/docs/', 200],
    ['DELETE', '/v1/tours/', 405],
    ['OPTIONS', '/v1/tours/', 204],
    ['GET', '/v1/nothing/', 404],
    ['GET', '/v1/tours//', 404],
  ])('changes nothing: %s %s', async (method, path, status) => {
    const response = await fetch(base + path, { method });
    expect(response.status).toBe(status);
  });

  it('makes no other request of a repeat', async () => {
    services.calls.length = 0;
    const body = JSON.stringify({ delegates: [{ name: 'A', email: 'a@example.org' }] });
    const headers = { ...bearer('company'), 'content-type': 'application/json', 'idempotency-key': 'one' };
    for (const path of [`${stopPath}/registrations`, `${stopPath}/registrations/`])
      expect((await fetch(base + path, { method: 'POST', headers, body })).status).toBe(201);
    const [first, second] = services.callsOf(registerDelegation).map(({ call }) => call.idempotency);
    expect(first?.requestHash).toEqual(expect.any(String));
    expect(second).toEqual(first);
  });
});

describe('links in responses', () => {
  it.each<[string, string | undefined, string]>([
    ['PUBLIC_URL', 'https://tour.example.org', 'https://tour.example.org'],
    ['PUBLIC_URL without its slash', 'https://example.org/tour/', 'https://example.org/tour'],
    ['the local address', undefined, 'http://127.0.0.1:'],
  ])('begin with %s, whatever the Host', async (_what, url, expected) => {
    const base = await start(url === undefined ? {} : { PUBLIC_URL: url });
    const headers = { 'x-forwarded-host': 'evil.example.org', 'x-forwarded-proto': 'https' };
    const response = await fetch(`${base}${stopPath}/schedule.json`, { headers });
    const { baseUrl } = (await response.json()) as { baseUrl: string };
    expect(baseUrl.startsWith(expected)).toBe(true);
  });
});

describe('header values that are wrong', () => {
  it.each<[string, string[][], string]>([
    ['with a blank', [['idempotency-key', 'a b']], 'must have 1 to 255 visible ASCII characters'],
    ['too long', [['idempotency-key', 'x'.repeat(256)]], 'must have 1 to 255 visible ASCII characters'],
    [
      'sent twice',
      [
        ['idempotency-key', 'a'],
        ['idempotency-key', 'b'],
      ],
      'must be sent once, without blanks',
    ],
  ])('are named as what they are: an Idempotency-Key %s', async (_what, lines, message) => {
    const base = await start();
    const response = await fetch(`${base}${stopPath}/registrations`, {
      method: 'POST',
      headers: [
        ...lines,
        ['authorization', 'Bearer company'],
        ['content-type', 'application/json'],
      ] as unknown as [string, string][],
      body: JSON.stringify({ delegates: [{ name: 'A', email: 'a@example.org' }] }),
    });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: 'request.invalid',
      errors: [{ parameter: 'Idempotency-Key', message }],
    });
  });
});
