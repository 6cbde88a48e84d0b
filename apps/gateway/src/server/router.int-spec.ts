import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Problem,
  apiKeyChanged,
  authenticateKeys,
  createCompany,
  deleteApiKey,
  getCompanyContacts,
  getRegistration,
  getStop,
  publishStop,
  registerDelegation,
  registrationsCatchUpOnStop,
  sessionsCatchUpOnStop,
  stopChanged,
  updateStop,
} from '#contracts';
import { Broker } from '#messaging';
import { Health, createLogger, readConfig } from '#service';
import { gatewaySettings } from '../config.js';
import { startGateway, type Gateway } from '../start-gateway.js';
import { StubServices } from '../testing/stub-services.js';
import { startTestBroker, type TestBroker } from '../testing/test-broker.js';

const stopId = '01980000-0000-7000-8000-00000000000a';
const tourId = '01980000-0000-7000-8000-00000000000b';
const company = 'company-key';
const organizer = 'organizer-key';
const contracts = [
  authenticateKeys,
  createCompany,
  deleteApiKey,
  getCompanyContacts,
  getRegistration,
  getStop,
  publishStop,
  registerDelegation,
  registrationsCatchUpOnStop,
  sessionsCatchUpOnStop,
  updateStop,
];

let server: TestBroker;
let services: StubServices;
let broker: Broker;
let gateway: Gateway;
let base: string;

async function start(environment: Record<string, string> = {}): Promise<Gateway> {
  const config = readConfig(gatewaySettings, {
    NATS_URL: server.url,
    HEALTH_PORT: '1',
    HOST: '127.0.0.1',
    PORT: '1',
    LOG_LEVEL: 'silent',
    ...environment,
  });
  return startGateway({ ...config, PORT: 0 }, broker, new Health(), createLogger('gateway', 'silent'));
}

beforeAll(async () => {
  server = await startTestBroker();
  services = new StubServices(await Broker.connect({ url: server.url, name: 'fakes' }));
  await services.start(contracts);
  services.addKey(company, { keyId: 'k1', role: 'company', companyId: 'c1' });
  services.addKey(organizer, { keyId: 'k2', role: 'organizer', organizationId: 'o1' });
  services.handle(registrationsCatchUpOnStop, () => null);
  services.handle(sessionsCatchUpOnStop, () => null);
  broker = await Broker.connect({ url: server.url, name: 'gateway-test' });
  gateway = await start();
  base = `http://127.0.0.1:${gateway.port}`;
});

afterAll(async () => {
  await gateway.drain();
  await broker.drain();
  await services.stop();
  await server.stop();
});

beforeEach(() => {
  services.calls.length = 0;
});

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const json = { 'content-type': 'application/json' };

async function send(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Buffer,
) {
  const answer = await fetch(base + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text === '' ? null : (JSON.parse(text) as Record<string, unknown>),
  };
}

const stop = (version: number) => ({
  id: stopId,
  tourId,
  registration: { opensAt: '2020-01-01T00:00:00Z', closesAt: '2099-01-01T00:00:00Z' },
  version,
});
const delegation = JSON.stringify({ delegates: [{ name: '示例', email: 'A@example.org' }] });
const registrations = `/v1/stops/${stopId}/registrations`;

describe('what is refused, and in which order', () => {
  it.each<[string, string, string, Record<string, string>, string | Buffer | undefined, number, string]>([
    ['an unknown path', 'POST', '/v1/nothing', { ...json, ...bearer('bad') }, '{', 404, 'resource.not_found'],
    ['an unknown method', 'DELETE', '/v1/me', bearer('bad'), undefined, 405, 'request.method_not_allowed'],
    ['no key where one is needed', 'GET', '/v1/me', {}, undefined, 401, 'auth.required'],
    [
      'a bad key on a public path',
      'GET',
      `/v1/stops/${stopId}`,
      bearer('bad'),
      undefined,
      401,
      'auth.required',
    ],
    [
      'another scheme',
      'GET',
      `/v1/stops/${stopId}`,
      { authorization: 'Basic eA==' },
      undefined,
      401,
      'auth.required',
    ],
    [
      'a role without the right, before the body',
      'POST',
      registrations,
      { ...json, ...bearer(organizer) },
      '{',
      403,
      'auth.forbidden',
    ],
    ['broken JSON', 'POST', registrations, { ...json, ...bearer(company) }, '{', 400, 'request.malformed'],
    [
      'invalid UTF-8',
      'POST',
      registrations,
      { ...json, ...bearer(company) },
      Buffer.from([0x22, 0xff, 0x22]),
      400,
      'request.malformed',
    ],
    [
      'another media type',
      'POST',
      registrations,
      { 'content-type': 'text/plain', ...bearer(company) },
      'x',
      415,
      'request.unsupported_media_type',
    ],
    [
      'more than 1 MiB',
      'POST',
      registrations,
      { ...json, ...bearer(company) },
      'x'.repeat(1024 * 1024 + 1),
      413,
      'request.too_large',
    ],
    ['no body', 'POST', registrations, bearer(company), undefined, 422, 'request.invalid'],
    [
      'an unknown field',
      'POST',
      registrations,
      { ...json, ...bearer(company) },
      '{"__proto__":{},"delegates":[]}',
      422,
      'request.invalid',
    ],
    [
      'a body where none is taken',
      'POST',
      `/v1/stops/${stopId}/publish`,
      { ...json, ...bearer(organizer) },
      '{"x":1}',
      422,
      'request.invalid',
    ],
    [
      'a query that shadows the path',
      'GET',
      `/v1/stops/${stopId}?id=${tourId}`,
      {},
      undefined,
      422,
      'request.invalid',
    ],
    ['an id that is none', 'GET', '/v1/stops/abc', {}, undefined, 404, 'resource.not_found'],
    ['a path that is not UTF-8', 'GET', '/v1/stops/%ff', {}, undefined, 404, 'resource.not_found'],
    [
      'an Idempotency-Key with a space',
      'POST',
      registrations,
      { ...json, ...bearer(company), 'idempotency-key': 'a b' },
      delegation,
      422,
      'request.invalid',
    ],
    [
      'an If-Match that is no tag',
      'POST',
      `/v1/stops/${stopId}/publish`,
      { ...bearer(organizer), 'if-match': 'x' },
      undefined,
      412,
      'precondition.failed',
    ],
  ])('%s', async (_what, method, path, headers, body, status, code) => {
    const answer = await send(method, path, { 'x-request-id': 'mine', ...headers }, body);
    expect([answer.status, answer.body?.['code']]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect([answer.headers.get('x-request-id'), answer.body?.['requestId']]).toEqual(['mine', 'mine']);
  });

  it('names every fault', async () => {
    const answer = await send(
      'POST',
      `${registrations}?x=1`,
      { ...json, ...bearer(company) },
      '{"delegates":[{}],"a/b":1}',
    );
    expect(answer.body?.['errors']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ pointer: '/delegates/0/email' }),
        expect.objectContaining({ pointer: '/a~1b' }),
        expect.objectContaining({ parameter: 'x' }),
      ]),
    );
  });

  it('says 503 for a service that is not there', async () => {
    const answer = await send('GET', '/v1/tours');
    expect([answer.status, answer.body?.['code'], answer.headers.get('retry-after')]).toEqual([
      503,
      'service.unavailable',
      '1',
    ]);
  });

  it('answers 405 with Allow and OPTIONS with 204', async () => {
    expect((await send('PUT', '/v1/me')).headers.get('allow')).toBe('GET, HEAD, OPTIONS, PATCH');
    expect((await send('OPTIONS', '/v1/me')).status).toBe(204);
  });
});

describe('the OpenAPI document', () => {
  it('names every route that exists, and no other', async () => {
    const { body } = await send('GET', '/openapi.json');
    const { paths } = body as { paths: Record<string, object> };
    const written = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    const beside = /^HEAD |^GET \/(docs|openapi\.json)/;
    const mounted = gateway.routes.filter((route) => !beside.test(route));
    expect(mounted.toSorted()).toEqual(written.toSorted());
  });
});

describe('what passes through', () => {
  it('hands on the call and shows the resource with its tag', async () => {
    services.handle(registerDelegation, () => ({ id: 'r1', version: 3 }));
    const headers = { ...json, ...bearer(company), 'idempotency-key': 'one' };
    const answer = await send('POST', registrations, headers, delegation);
    expect([answer.status, answer.body]).toEqual([201, { id: 'r1', version: 3 }]);
    expect(answer.headers.get('etag')).toMatch(/^"3-/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { input, call } = services.callsOf(registerDelegation)[0] ?? {};
    expect(input).toEqual({ stopId, body: { delegates: [{ name: '示例', email: 'a@example.org' }] } });
    expect(call).toMatchObject({
      caller: { role: 'company', keyId: 'k1', companyId: 'c1' },
      idempotency: { scope: 'key:k1', key: 'one' },
    });
  });

  it('keeps code, detail and errors of a refusal, and marks a replay', async () => {
    services.handle(registerDelegation, () => {
      throw new Problem('registration.full', 'No seat is free.');
    });
    const refused = await send('POST', registrations, { ...json, ...bearer(company) }, delegation);
    expect([refused.status, refused.body?.['code'], refused.body?.['detail']]).toEqual([
      409,
      'registration.full',
      'No seat is free.',
    ]);
    services.handle(registerDelegation, (_input, call) => {
      call.replayed = true;
      return { id: 'r1', version: 1 };
    });
    const replayed = await send('POST', registrations, { ...json, ...bearer(company) }, delegation);
    expect([replayed.status, replayed.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
  });

  it('brings the other services up to date before it answers', async () => {
    services.handle(publishStop, () => stop(2));
    const answer = await send('POST', `/v1/stops/${stopId}/publish`, {
      ...bearer(organizer),
      'if-match': '"1-abc"',
    });
    expect(answer.status).toBe(200);
    expect(services.callsOf(publishStop)[0]?.call.ifMatch).toBe(1);
    for (const contract of [registrationsCatchUpOnStop, sessionsCatchUpOnStop]) {
      expect(services.callsOf(contract).map(({ input }) => input)).toEqual([{ id: stopId, version: 2 }]);
    }
  });

  it('names the sessions that a change took their places', async () => {
    services.handle(updateStop, () => stop(3));
    services.handle(sessionsCatchUpOnStop, () => ({ unscheduledSessions: [unscheduled] }));
    const unscheduled = { id: 's1', title: { zh: '智能制造' }, reason: 'The stop was changed.' };
    const path = `/v1/stops/${stopId}`;
    const change = { ...bearer(organizer), 'content-type': 'application/json' };
    const answer = await send('PATCH', path, change, '{"capacity":10}');
    expect(answer.body?.['unscheduledSessions']).toEqual([unscheduled]);
    expect(Object.keys(answer.body ?? {}).at(-1)).toBe('version');
    expect(answer.headers.get('etag')).toMatch(/^"3-/);
    services.handle(sessionsCatchUpOnStop, () => ({ unscheduledSessions: [] }));
    expect((await send('PATCH', path, change, '{"capacity":10}')).body).not.toHaveProperty(
      'unscheduledSessions',
    );
  });

  it('adds the contact for the organizer, and only for it', async () => {
    const contact = { name: 'A', email: 'a@example.org', mobile: null };
    services.handle(getRegistration, () => ({
      id: 'r1',
      companyId: 'c1',
      company: { id: 'c1' },
      version: 1,
    }));
    services.handle(getCompanyContacts, () => ({ contacts: [{ companyId: 'c1', contact }] }));
    const path = `/v1/registrations/${stopId}`;
    expect((await send('GET', path, bearer(organizer))).body?.['company']).toEqual({ id: 'c1', contact });
    expect((await send('GET', path, bearer(company))).body?.['company']).toEqual({ id: 'c1' });
    services.handle(getCompanyContacts, () => {
      throw new Problem('service.unavailable', 'away');
    });
    expect((await send('GET', path, bearer(organizer))).body?.['company']).toEqual({
      id: 'c1',
      contact: null,
    });
  });

  it('scopes an Idempotency-Key of the public to the body', async () => {
    services.handle(createCompany, () => ({ company: {}, apiKey: 'x' }));
    const body = {
      name: { en: 'A' },
      uscc: '91350100M000100Y43',
      contact: { name: 'A', email: 'a@example.org' },
    };
    const other = { ...body, industry: 'B' };
    const reordered = Object.fromEntries(Object.entries(body).reverse());
    for (const one of [body, reordered, other]) {
      await send('POST', '/v1/companies', { ...json, 'idempotency-key': 'k' }, JSON.stringify(one));
    }
    const [first, again, another] = services.callsOf(createCompany).map(({ call }) => call.idempotency);
    expect(again).toEqual(first);
    expect(another?.scope).not.toBe(first?.scope);
  });
});

describe('keys', () => {
  it('asks for many new callers together', async () => {
    services.handle(getStop, () => stop(1));
    const callers = Array.from({ length: 200 }, (_, n) => `many-${n}`);
    for (const [n, key] of callers.entries())
      services.addKey(key, { keyId: `m${n}`, role: 'company', companyId: `c${n}` });
    const answers = await Promise.all(callers.map((key) => send('GET', `/v1/stops/${stopId}`, bearer(key))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(services.callsOf(authenticateKeys).length).toBeLessThan(100);
  });

  it('forgets a key at once when an event revokes it, and when this gateway revoked it', async () => {
    services.handle(deleteApiKey, () => null);
    const revoked = services.addKey('revoked', { keyId: 'revoked', role: 'company', companyId: 'c1' });
    const keyId = '01980000-0000-7000-8000-00000000000c';
    services.addKey('own', { keyId, role: 'company', companyId: 'c1' });
    for (const key of ['revoked', 'own']) expect((await send('GET', '/v1/me', bearer(key))).status).toBe(200);
    await services.publish(apiKeyChanged, {
      keyId: 'revoked',
      active: false,
      principal: revoked,
      version: 2,
    });
    expect((await send('DELETE', `/v1/api-keys/${keyId}`, bearer(organizer))).status).toBe(204);
    for (const key of ['revoked', 'own']) expect((await send('GET', '/v1/me', bearer(key))).status).toBe(401);
  });
});

describe('public reads', () => {
  const path = `/v1/stops/${stopId}`;

  beforeEach(async () => {
    await services.publish(stopChanged, { id: stopId, tourId });
    await send('GET', '/v1/me');
  });

  it('answers from memory, with 304 for who has it, until an event tells of a change', async () => {
    services.handle(getStop, () => stop(1));
    const first = await send('GET', path);
    expect(first.headers.get('cache-control')).toBe('public, max-age=1');
    const etag = first.headers.get('etag') ?? '';
    expect((await send('GET', path, { 'if-none-match': `W/${etag}` })).status).toBe(304);
    expect((await send('HEAD', path)).status).toBe(200);
    // One more than the first at most, on a machine so slow that the answer grew old meanwhile.
    expect(services.callsOf(getStop).length).toBeLessThan(3);
    services.handle(getStop, () => stop(2));
    await services.publish(stopChanged, { id: stopId, tourId });
    await send('GET', '/v1/me');
    expect((await send('GET', path)).body?.['version']).toBe(2);
  });

  it.each<Record<string, string>>([{}, { 'x-forwarded-proto': 'https' }])(
    'answers the same from memory as through the edge, with headers %j',
    async (headers) => {
      services.handle(getStop, () => stop(1));
      await send('GET', path);
      const quick = await send('GET', path, headers);
      const whole = await send('GET', path, { ...headers, 'if-none-match': '"of another answer"' });
      const shown = ({ headers: all }: typeof quick) =>
        [...all]
          .filter(([name]) => name !== 'x-request-id' && name !== 'date')
          .toSorted(([a], [b]) => a.localeCompare(b));
      expect([quick.status, quick.body, shown(quick)]).toEqual([whole.status, whole.body, shown(whole)]);
      expect(quick.headers.get('x-request-id')).not.toBe(whole.headers.get('x-request-id'));
    },
  );

  it('counts what it answers from memory against the share of its caller', async () => {
    const limited = await start({ RATE_LIMIT_PER_MINUTE: '3' });
    services.handle(getStop, () => stop(1));
    const ask = async () => (await fetch(`http://127.0.0.1:${limited.port}${path}`)).status;
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push(await ask());
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    await limited.drain();
  });

  it('does not keep an answer that was under way when the event came', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    services.handle(getStop, async () => {
      await held;
      return stop(1);
    });
    const slow = send('GET', path);
    while (services.callsOf(getStop).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await services.publish(stopChanged, { id: stopId, tourId });
    await send('GET', '/v1/me');
    services.handle(getStop, () => stop(2));
    expect((await send('GET', path)).body?.['version']).toBe(2);
    release();
    await slow;
    expect((await send('GET', path)).body?.['version']).toBe(2);
  });

  it('does not serve callers with a key from memory', async () => {
    services.handle(getStop, () => stop(1));
    await send('GET', path);
    const own = await send('GET', path, bearer(organizer));
    expect(own.headers.get('cache-control')).toBe('no-store');
    expect(services.callsOf(getStop)).toHaveLength(2);
  });
});

describe('limits', () => {
  it('holds each caller to its share, with Retry-After, and serves the others', async () => {
    const limited = await start({ RATE_LIMIT_PER_MINUTE: '3' });
    const ask = (key: string) => fetch(`http://127.0.0.1:${limited.port}/v1/me`, { headers: bearer(key) });
    const statuses: number[] = [];
    const beganMs = performance.now();
    for (let n = 0; n < 4; n += 1) statuses.push((await ask(company)).status);
    const refused = await ask(company);
    expect([...statuses, refused.status, (await ask(organizer)).status]).toEqual([
      200, 200, 200, 429, 429, 200,
    ]);
    const tookSeconds = Math.ceil((performance.now() - beganMs) / 1_000);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(20 - tookSeconds);
    await limited.drain();
  });

  it('finishes what is under way when it stops', async () => {
    const leaving = await start();
    services.handle(getStop, async () => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      return stop(1);
    });
    const slow = fetch(`http://127.0.0.1:${leaving.port}/v1/stops/${stopId}`, { headers: bearer(company) });
    while (services.callsOf(getStop).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const drained = leaving.drain();
    expect((await slow).status).toBe(200);
    await drained;
    await expect(fetch(`http://127.0.0.1:${leaving.port}/v1/me`)).rejects.toThrow();
  });
});
