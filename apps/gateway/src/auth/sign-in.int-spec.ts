import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  askSignInCode,
  authenticateKeys,
  actAs,
  createCompany,
  foundCompany,
  getMe,
  getMyCompany,
  getStop,
  keysEndedSince,
  signIn,
  signInChanged,
  signOut,
  updateMe,
  type SignInPrincipal,
} from '#contracts';
import { Broker } from '#messaging';
import { inSomeTry, soon } from '#service/testing/patience';
import { StubServices } from '../testing/stub-services.js';
import { startTestBroker, type TestBroker } from '../testing/test-broker.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

const own = 'https://tour.example.org';
const stopId = '01980000-0000-7000-8000-00000000000a';
const contracts = [
  actAs,
  askSignInCode,
  authenticateKeys,
  createCompany,
  foundCompany,
  getMe,
  getMyCompany,
  getStop,
  keysEndedSince,
  signIn,
  signOut,
  updateMe,
];
const me = {
  role: 'company',
  organizationId: null,
  companyId: 'c1',
  stopId: null,
  keyId: null,
  user: { id: 'u1', email: 'a@example.com', name: null, language: null },
  memberships: [],
};

const stop = {
  id: stopId,
  tourId: stopId,
  status: 'published',
  registration: { opensAt: '2027-01-01T00:00:00Z', closesAt: '2027-02-01T00:00:00Z' },
  version: 1,
};

let server: TestBroker;
let services: StubServices;
let gateway: TestGateway;
let base: string;
/** The sign-ins that accounts names as ended when it is asked. */
let ended: string[] | null = [];

beforeAll(async () => {
  server = await startTestBroker();
  services = new StubServices(await Broker.connect({ url: server.url, name: 'stubs' }));
  await services.start(contracts);
  gateway = await startTestGateway(server.url, { PUBLIC_URL: own });
  base = gateway.base;
});

afterAll(async () => {
  await gateway.stop();
  await services.stop();
  await server.stop();
});

beforeEach(() => {
  services.calls.length = 0;
  ended = [];
  const now = () => new Date().toISOString();
  services.handle(keysEndedSince, () => ({ keys: [], complete: true, signInIds: ended, asOf: now() }));
  services.handle(getMe, () => me);
  services.handle(updateMe, () => me);
  services.handle(getMyCompany, () => ({ id: 'c1', version: 1 }));
  services.handle(getStop, () => stop);
  services.handle(signOut, () => null);
  services.handle(signIn, () => ({ me, signIn: { value: newToken(), maxAgeSeconds: 60 } }));
  services.handle(askSignInCode, () => ({ asking: { value: newToken(), maxAgeSeconds: 600 } }));
  services.handle(actAs, () => ({ me, signIn: { value: newToken(), maxAgeSeconds: 60 } }));
});

const newToken = () => randomBytes(32).toString('base64url');

/** A browser that is signed in as a person, by default a member of a company. */
function signedIn(over: Partial<SignInPrincipal> = {}): { cookie: string; signInId: string } {
  const token = newToken();
  const signInId = crypto.randomUUID();
  const principal = { role: 'company' as const, companyId: 'c1', userId: 'u1', ...over };
  services.addSignIn(token, { keyId: signInId, ...principal });
  return { cookie: `__Host-waystop=${token}`, signInId };
}

const get = (path: string, headers: Record<string, string>) => fetch(base + path, { headers });
const send = (method: string, path: string, body: unknown, headers: Record<string, string>) =>
  fetch(base + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const patchMe = (headers: Record<string, string>) => send('PATCH', '/v1/me', { name: 'A' }, headers);
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

describe('a cookie', () => {
  it('says who calls: the person, its membership and its sign-in, without a key', async () => {
    const { cookie, signInId } = signedIn();
    expect((await get('/v1/companies/me', { cookie })).status).toBe(200);
    const [call] = services.callsOf(getMyCompany);
    expect(call?.call.caller).toEqual({
      role: 'company',
      keyId: null,
      companyId: 'c1',
      userId: 'u1',
      signInId,
    });
  });

  it('is known from memory, like a key', async () => {
    const { cookie } = signedIn();
    for (let count = 0; count < 5; count += 1) await get('/v1/companies/me', { cookie });
    expect(services.callsOf(authenticateKeys)).toHaveLength(1);
  });

  it('does not count where a key is sent as well', async () => {
    const { cookie } = signedIn();
    services.addKey('k'.repeat(40), { keyId: 'k1', role: 'company', companyId: 'c2' });
    const headers = { cookie, authorization: `Bearer ${'k'.repeat(40)}` };
    expect((await get('/v1/companies/me', headers)).status).toBe(200);
    expect(services.callsOf(getMyCompany)[0]?.call.caller).toMatchObject({ keyId: 'k1', companyId: 'c2' });
    expect((await patchMe(headers)).status).toBe(200);
    expect((await get('/v1/companies/me', { cookie, authorization: 'Bearer wrong' })).status).toBe(401);
  });

  it('is no key, and a key is no cookie', async () => {
    const { cookie } = signedIn();
    const token = cookie.split('=')[1] ?? '';
    expect((await get('/v1/companies/me', { authorization: `Bearer ${token}` })).status).toBe(401);
    const apiKey = newToken();
    services.addKey(apiKey, { keyId: 'k2', role: 'company', companyId: 'c2' });
    expect((await get('/v1/companies/me', { cookie: `__Host-waystop=${apiKey}` })).status).toBe(401);
  });

  it('that ended is refused, but for what is public and for signing in', async () => {
    const cookie = `__Host-waystop=${newToken()}`;
    expect((await get('/v1/companies/me', { cookie })).status).toBe(401);
    expect((await get(`/v1/stops/${stopId}`, { cookie })).status).toBe(200);
    const headers = { cookie, origin: own };
    expect((await send('POST', '/v1/sign-in', { pass: 'x' }, headers)).status).toBe(200);
    expect((await send('POST', '/v1/companies', {}, headers)).status).toBe(401);
    expect((await patchMe(headers)).status).toBe(401);
  });

  it('of somebody without memberships opens their own account, and nothing else', async () => {
    const { cookie } = signedIn({ role: 'public', userId: 'u2' });
    const headers = { cookie, origin: own };
    expect((await get('/v1/me', { cookie })).status).toBe(200);
    expect((await patchMe(headers)).status).toBe(200);
    const refused = await get('/v1/companies/me', { cookie });
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'auth.forbidden']);
  });

  it('of a person is limited by the person, whatever browser it uses', async () => {
    const limited = await startTestGateway(server.url, { PUBLIC_URL: own, RATE_LIMIT_PER_MINUTE: '3' });
    const cookies = [signedIn({ userId: 'u9' }).cookie, signedIn({ userId: 'u9' }).cookie];
    const statuses: number[] = [];
    for (const cookie of [...cookies, ...cookies])
      statuses.push((await fetch(`${limited.base}/v1/companies/me`, { headers: { cookie } })).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const { cookie } = signedIn({ userId: 'u10' });
    expect((await fetch(`${limited.base}/v1/companies/me`, { headers: { cookie } })).status).toBe(200);
    await limited.stop();
  });
});

describe('a sign-in that ends', () => {
  it('is refused everywhere by the event', async () => {
    const { cookie, signInId } = signedIn();
    expect((await get('/v1/companies/me', { cookie })).status).toBe(200);
    services.signIns.clear();
    await services.publish(signInChanged, { signInId, active: false, version: 2 });
    await soon(async () => expect((await get('/v1/companies/me', { cookie })).status).toBe(401));
  });

  it('and also where the event is lost, since gateways ask', async () => {
    const { cookie, signInId } = signedIn();
    expect((await get('/v1/companies/me', { cookie })).status).toBe(200);
    services.signIns.clear();
    ended = [signInId];
    await soon(async () => expect((await get('/v1/companies/me', { cookie })).status).toBe(401));
  });

  it('and where too many ended to be named', async () => {
    const { cookie } = signedIn();
    expect((await get('/v1/companies/me', { cookie })).status).toBe(200);
    services.signIns.clear();
    ended = null;
    await soon(async () => expect((await get('/v1/companies/me', { cookie })).status).toBe(401));
  });

  it('ends in the gateway that signs it out before the answer leaves', async () => {
    const { cookie } = signedIn();
    await get('/v1/companies/me', { cookie });
    services.signIns.clear();
    const out = await fetch(`${base}/v1/sign-out`, { method: 'POST', headers: { cookie, origin: own } });
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toMatch(/^__Host-waystop=; .*Max-Age=0/);
    expect((await get('/v1/companies/me', { cookie })).status).toBe(401);
  });

  it('is looked up anew where what it may do has changed', async () => {
    const token = newToken();
    const principal = { keyId: crypto.randomUUID(), userId: 'u3' };
    services.addSignIn(token, { ...principal, role: 'public' });
    const headers = { cookie: `__Host-waystop=${token}` };
    expect((await get('/v1/companies/me', headers)).status).toBe(403);
    services.addSignIn(token, { ...principal, role: 'company', companyId: 'c1' });
    await services.publish(signInChanged, { signInId: principal.keyId, active: true, version: 1 });
    await soon(async () => expect((await get('/v1/companies/me', headers)).status).toBe(200));
  });
});

describe('signing in', () => {
  it('sets the cookie, whose token is in no body', async () => {
    const token = newToken();
    services.handle(signIn, () => ({ me, signIn: { value: token, maxAgeSeconds: 60 } }));
    const response = await send('POST', '/v1/sign-in', { pass: 'x' }, {});
    const text = await response.text();
    expect([response.status, JSON.parse(text)]).toEqual([200, me]);
    expect(text).not.toContain(token);
    expect(response.headers.getSetCookie()).toEqual([
      `__Host-waystop=${token}; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60`,
    ]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('tells accounts of the browser: its cookie, its network and its name', async () => {
    const asked = await send('POST', '/v1/sign-in/codes', { email: 'a@example.com' }, {});
    expect([asked.status, await asked.json()]).toEqual([202, {}]);
    const [asking = ''] = asked.headers.getSetCookie();
    expect(asking).toMatch(
      /^__Host-waystop-asking=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/,
    );
    const cookie = asking.split(';')[0] ?? '';
    const body = { email: 'a@example.com', code: '123456' };
    await send('POST', '/v1/sign-in', body, { cookie, 'user-agent': 'Browser/1.0 \u{80}' });
    const [call] = services.callsOf(signIn);
    expect(call?.input).toEqual({
      body,
      browser: { askingToken: cookie.split('=')[1], network: '127.0.0.1', userAgent: 'Browser/1.0' },
    });
  });

  it.each<[object, string]>([
    [{}, 'nothing'],
    [{ email: 'a@example.com' }, 'no code'],
    [{ code: '123456' }, 'no address'],
    [{ email: 'a@example.com', code: '12345' }, 'a short code'],
    [{ email: 'a@example.com', code: '123456', link: 'x' }, 'two ways'],
    [{ pass: 'x', confirm: true }, 'a confirmation of nothing'],
    [{ link: 'a b' }, 'a broken link'],
    [{ email: 'a@example.com\r\nBcc: b@example.com', code: '123456' }, 'a header in an address'],
  ])('refuses %j: %s', async (body, _what) => {
    const response = await send('POST', '/v1/sign-in', body, {});
    expect([response.status, services.callsOf(signIn)]).toEqual([422, []]);
  });

  it('repeated with an Idempotency-Key is one request of the same browser alone', async () => {
    const body = { pass: 'x' };
    const key = { 'idempotency-key': 'k1' };
    const one = `__Host-waystop-asking=${newToken()}`;
    for (const cookie of [one, one, `__Host-waystop-asking=${newToken()}`])
      await send('POST', '/v1/sign-in', body, { ...key, cookie });
    const [first, second, third] = services.callsOf(signIn).map(({ call }) => call.idempotency);
    expect(second).toEqual(first);
    expect(third?.scope).not.toBe(first?.scope);
  });
});

describe('a page of another site', () => {
  const foreign = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example.com' },
    { 'sec-fetch-site': 'same-site', origin: 'https://other.example.org' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.example.com' },
    { origin: 'null' },
  ];

  it.each(foreign)('changes nothing with a cookie: %j', async (headers) => {
    const { cookie } = signedIn();
    const response = await patchMe({ cookie, ...(headers as Record<string, string>) });
    expect([response.status, await codeOf(response)]).toEqual([403, 'auth.cross_site']);
    expect(services.callsOf(updateMe)).toEqual([]);
  });

  it.each(foreign)('signs nobody in or out: %j', async (given) => {
    const headers = given as Record<string, string>;
    for (const [path, body] of [
      ['/v1/sign-in', { pass: 'x' }],
      ['/v1/sign-in/codes', { email: 'a@example.com' }],
      ['/v1/sign-out', {}],
    ] as const) {
      const response = await send('POST', path, body, headers);
      expect([response.status, await codeOf(response)]).toEqual([403, 'auth.cross_site']);
    }
    expect(services.calls.filter(({ subject }) => /sign-(in|out)/.test(subject))).toEqual([]);
  });

  it('can send a form: it is refused before its body is read', async () => {
    const { cookie } = signedIn();
    const headers = { cookie, 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' };
    const response = await fetch(`${base}/v1/me`, { method: 'PATCH', headers, body: '{"name":"A"}' });
    expect(response.status).toBe(403);
  });

  it("gets the public's view of what is public", async () => {
    const { cookie } = signedIn({ role: 'organizer', companyId: 'c1' });
    const headers = { cookie, origin: 'https://evil.example.com' };
    const response = await get(`/v1/stops/${stopId}?n=1`, headers).then(() =>
      get(`/v1/stops/${stopId}`, headers),
    );
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    expect(services.callsOf(authenticateKeys)).toEqual([]);
  });

  it('may send what says nothing where no browser would: with a cookie that is refused as well', async () => {
    const { cookie } = signedIn();
    expect(await codeOf(await patchMe({ cookie }))).toBe('auth.cross_site');
    expect((await patchMe({ cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await patchMe({ cookie, origin: own })).status).toBe(200);
    expect((await send('POST', '/v1/sign-in', { pass: 'x' }, { cookie })).status).toBe(200);
  });
});

describe('a cached public read', () => {
  it('is shown to the public alone: a signed-in organizer sees its own view', async () => {
    const { cookie } = signedIn({ role: 'organizer', userId: 'u5' });
    const path = `/v1/stops/${stopId}`;
    await inSomeTry(async () => {
      await get(path, {});
      services.calls.length = 0;
      expect((await get(path, { 'x-none': '1' })).headers.get('vary')).toBe('Authorization, Cookie');
      expect((await get(path, { cookie: 'theme=dark' })).status).toBe(200);
      expect(services.callsOf(getStop)).toEqual([]);
    });
    expect((await get(path, { cookie })).headers.get('cache-control')).toBe('no-store');
    expect(services.callsOf(getStop)).toHaveLength(1);
  });
});

describe('a new company', () => {
  const draft = {
    name: { en: 'Example Company 017' },
    uscc: '91350100M000100Y43',
    contact: { name: 'A', email: 'a@example.com' },
  };

  it('is founded by a person, who goes on under a new cookie', async () => {
    const token = newToken();
    services.handle(foundCompany, () => ({
      company: { id: 'c7', version: 1 },
      apiKey: 'key',
      signIn: { value: token, maxAgeSeconds: 60 },
    }));
    const { cookie } = signedIn({ role: 'public', userId: 'u7' });
    const response = await send('POST', '/v1/companies', draft, { cookie, origin: own });
    expect([response.status, await response.json()]).toEqual([
      201,
      { company: { id: 'c7', version: 1 }, apiKey: 'key' },
    ]);
    expect(response.headers.getSetCookie()[0]).toContain(`__Host-waystop=${token};`);
  });

  it('is signed up by everybody else, as before', async () => {
    services.handle(createCompany, () => ({ company: { id: 'c8', version: 1 }, apiKey: 'key' }));
    const response = await send('POST', '/v1/companies', draft, {});
    expect([response.status, response.headers.getSetCookie()]).toEqual([201, []]);
  });
});
