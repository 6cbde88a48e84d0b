import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { authenticateKeys, getStop } from '#contracts';
import { Broker } from '#messaging';
import { sendRaw, type RawResponse } from '../testing/raw-http.js';
import { StubServices } from '../testing/stub-services.js';
import { startTestBroker, type TestBroker } from '../testing/test-broker.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

const stopPath = '/v1/stops/01980000-0000-7000-8000-00000000000a';

let server: TestBroker;
let services: StubServices;
let gateway: TestGateway;

beforeAll(async () => {
  server = await startTestBroker();
  services = new StubServices(await Broker.connect({ url: server.url, name: 'stubs' }));
  await services.start([authenticateKeys, getStop]);
  services.handle(getStop, () => ({
    id: 's',
    tourId: 't',
    registration: { opensAt: '2020-01-01T00:00:00Z', closesAt: '2099-01-01T00:00:00Z' },
    version: 1,
  }));
  gateway = await startTestGateway(server.url, { REQUEST_TIMEOUT_SECONDS: '1' });
});

afterAll(async () => {
  await gateway.stop();
  await services.stop();
  await server.stop();
});

/** What docs/security.md promises for every response. */
function expectSecurityHeaders({ headers }: RawResponse): void {
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'x-request-id': expect.stringMatching(/^[\w-]{36}$/),
  });
  expect([headers['server'], headers['x-powered-by']]).toEqual([undefined, undefined]);
}

function expectProblem(response: RawResponse | undefined, status: number, code: string): void {
  expect(response?.status).toBe(status);
  if (response === undefined) return;
  expectSecurityHeaders(response);
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(response.headers['cache-control']).toBe('no-store');
  expect(JSON.parse(response.body)).toMatchObject({
    status,
    code,
    requestId: response.headers['x-request-id'],
  });
}

const get = (...headers: string[]) => `GET /v1/me HTTP/1.1\r\n${headers.map((one) => `${one}\r\n`).join('')}`;
const close = 'Connection: close';
const manyHeaders = Array.from({ length: 2_500 }, () => 'a:');
const post = (...headers: string[]) =>
  `POST /v1/companies HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers.join('\r\n')}\r\n\r\n`;

describe('a sender', () => {
  it.each([
    ['its headers', get('Host: x', 'X-Slow: ').slice(0, -2)],
    ['its body', `${post('Content-Length: 500')}{`],
  ])('that never ends %s is cut off', async (_what, bytes) => {
    const { seconds, responses } = await sendRaw(gateway.base, bytes);
    expect(seconds).toBeGreaterThan(0.9);
    // Node's own limit for headers is a minute, and for a whole request five.
    expect(seconds).toBeLessThan(50);
    expectProblem(responses[0], 400, 'request.malformed');
  });
});

describe('bytes that are refused before they are a request', () => {
  it.each<[string, string, number, string]>([
    ['no HTTP', 'HELLO\r\n\r\n', 400, 'request.malformed'],
    ['a method that does not exist', 'BREW /v1/me HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'request.malformed'],
    ['a version that does not exist', 'GET /v1/me HTTP/3.7\r\nHost: x\r\n\r\n', 400, 'request.malformed'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'request.malformed'],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003', 400, 'request.malformed'],
    ['too long a header', `${get('Host: x', `X-Long: ${'x'.repeat(20_000)}`)}\r\n`, 413, 'request.too_large'],
    ['too many headers', `${get('Host: x', ...manyHeaders)}\r\n`, 413, 'request.too_large'],
    [
      'a second Host behind too many headers',
      `${get('Host: x', ...manyHeaders, 'Host: y')}\r\n`,
      413,
      'request.too_large',
    ],
    ['too long a path', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 413, 'request.too_large'],
    [
      'two lengths of one body',
      `${post('Content-Length: 2', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
      400,
      'request.malformed',
    ],
    ['a length that is none', post('Content-Length: 1e3'), 400, 'request.malformed'],
    ['a chunk without a length', `${post('Transfer-Encoding: chunked')}x\r\n`, 400, 'request.malformed'],
    [
      'a line break in a header',
      `${get('Host: x', 'X-A: a\nInjected\u0000: b')}\r\n`,
      400,
      'request.malformed',
    ],
    ['a blank before a colon', `${get('Host : x')}\r\n`, 400, 'request.malformed'],
    ['a tunnel', 'CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n', 405, 'request.method_not_allowed'],
  ])('%s gets a problem', async (_what, bytes, status, code) => {
    const { responses } = await sendRaw(gateway.base, bytes);
    expect(responses).toHaveLength(1);
    expectProblem(responses[0], status, code);
    expect(responses[0]?.headers['connection']).toBe('close');
  });

  it('does not take the place of the response to a request before them', async () => {
    services.handle(getStop, async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { id: 's', tourId: 't', registration: { opensAt: '', closesAt: '' }, version: 7 };
    });
    const bytes = `GET ${stopPath}?x HTTP/1.1\r\nHost: x\r\n\r\n`.replace('?x', '') + 'HELLO\r\n\r\n';
    const { responses } = await sendRaw(gateway.base, bytes);
    expect(responses.map(({ status }) => status)).toEqual([200]);
    expect(JSON.parse(responses[0]?.body ?? '')).toMatchObject({ version: 7 });
  });
});

describe('the Host of a request', () => {
  it.each<[string, string]>([
    ['missing', `${get(close)}\r\n`],
    ['sent twice', `${get('Host: x', 'Host: x', close)}\r\n`],
    ['sent twice, in two spellings', `${get('Host: x', 'HOST: y', close)}\r\n`],
    ['no host', `${get('Host: a b', close)}\r\n`],
    ['a host with a path', `${get('Host: a/b', close)}\r\n`],
    ['missing on a cached path', `GET ${stopPath} HTTP/1.1\r\n${close}\r\n\r\n`],
    ['missing on an unknown path', `GET /nothing HTTP/1.1\r\n${close}\r\n\r\n`],
    ['missing in a write', `POST /v1/companies HTTP/1.1\r\n${close}\r\nContent-Length: 2\r\n\r\n{}`],
  ])('%s is 400', async (_what, bytes) => {
    const { responses } = await sendRaw(gateway.base, bytes);
    expect(responses).toHaveLength(1);
    expectProblem(responses[0], 400, 'request.malformed');
  });

  it.each<[string, string]>([
    ['once', `${get('Host: x', close)}\r\n`],
    ['with a port', `${get('Host: x:3000', close)}\r\n`],
    ['as an IPv6 address', `${get('Host: [::1]:3000', close)}\r\n`],
    ['not at all, in HTTP/1.0', 'GET /v1/me HTTP/1.0\r\n\r\n'],
  ])('%s is fine', async (_what, bytes) => {
    const { responses } = await sendRaw(gateway.base, bytes);
    expectProblem(responses[0], 401, 'auth.required');
  });
});

describe('requests that Node could answer by itself', () => {
  it.each<[string, string, number, string]>([
    [
      'an upgrade',
      `${get('Host: x', 'Connection: upgrade', 'Upgrade: websocket')}\r\n`,
      401,
      'auth.required',
    ],
    [
      'an upgrade to HTTP/2',
      `${get('Host: x', 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__')}\r\n`,
      401,
      'auth.required',
    ],
    ['an unknown expectation', `${get('Host: x', 'Expect: 200-ok', close)}\r\n`, 401, 'auth.required'],
    [
      'a method without a route',
      `PROPFIND /v1/me HTTP/1.1\r\nHost: x\r\n${close}\r\n\r\n`,
      405,
      'request.method_not_allowed',
    ],
    ['TRACE', `TRACE /v1/me HTTP/1.1\r\nHost: x\r\n${close}\r\n\r\n`, 405, 'request.method_not_allowed'],
    ['the asterisk', `OPTIONS * HTTP/1.1\r\nHost: x\r\n${close}\r\n\r\n`, 404, 'resource.not_found'],
    [
      'a path that is not UTF-8',
      `GET /v1/stops/%ff HTTP/1.1\r\nHost: x\r\n${close}\r\n\r\n`,
      404,
      'resource.not_found',
    ],
    [
      'a part too long for an id',
      `GET /v1/stops/${'x'.repeat(300)} HTTP/1.1\r\nHost: x\r\n${close}\r\n\r\n`,
      404,
      'resource.not_found',
    ],
  ])('%s gets a problem', async (_what, bytes, status, code) => {
    const { responses } = await sendRaw(gateway.base, bytes, true);
    expect(responses).toHaveLength(1);
    expectProblem(responses[0], status, code);
  });

  it('an expectation to go on gets its interim response, then the final one', async () => {
    const { text } = await sendRaw(
      gateway.base,
      `${post('Expect: 100-continue', 'Content-Length: 1', close)}{`,
    );
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 400 /);
  });
});
