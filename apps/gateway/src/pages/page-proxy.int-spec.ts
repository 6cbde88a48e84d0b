import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendRaw } from '../testing/raw-http.js';
import { startTestBroker, type TestBroker } from '../testing/test-broker.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

let broker: TestBroker;
let gateway: TestGateway;
let withoutPages: TestGateway;
let web: Server;
const asked: IncomingMessage[] = [];

beforeAll(async () => {
  broker = await startTestBroker();
  web = createServer((request, response) => {
    asked.push(request);
    response
      .writeHead(request.url === '/gone' ? 404 : 200, { 'content-type': 'text/html', etag: 'W/"1"' })
      .end(`page ${request.url}`);
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  withoutPages = await startTestGateway(broker.url);
  gateway = await startTestGateway(broker.url, {
    WEB_URL: `http://127.0.0.1:${(web.address() as AddressInfo).port}`,
  });
});

afterAll(async () => {
  await gateway.stop();
  await withoutPages.stop();
  web.closeAllConnections();
  web.close();
  await broker.stop();
});

const call = (path: string, init: RequestInit = {}) => fetch(`${gateway.base}${path}`, init);

describe('pages behind the gateway', () => {
  it.each(['/', '/en/stops/1?x=1', '/assets/a.js'])('%s comes from the web process', async (path) => {
    const response = await call(path);
    expect([response.status, await response.text()]).toEqual([200, `page ${path}`]);
    expect(response.headers.get('etag')).toBe('W/"1"');
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('keep the status of the web process', async () => expect((await call('/gone')).status).toBe(404));

  it('are asked for without keys and cookies, for the reader’s address', async () => {
    await call('/x', {
      headers: { authorization: 'Bearer k', cookie: 'waystop=t', 'x-forwarded-for': '9.9.9.9' },
    });
    const headers = asked.at(-1)?.headers;
    expect([headers?.authorization, headers?.cookie]).toEqual([undefined, undefined]);
    expect(headers?.['x-forwarded-for']).toBe('127.0.0.1');
  });

  it.each([
    ['GET', '/v1/nothing'],
    ['GET', '/docs/nothing'],
    ['POST', '/'],
    ['DELETE', '/tours/1'],
  ])('do not include %s %s', async (method, path) => {
    const before = asked.length;
    const response = await call(path, { method });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    expect(asked).toHaveLength(before);
  });

  it.each(['http://evil.example/x', '/\\evil.example', '/a/../../b', '/%2e%2e/secret', '/%', '*'])(
    'do not lead out of the web process: %s',
    async (target) => {
      const before = asked.length;
      const request = `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
      const { responses } = await sendRaw(gateway.base, request);
      expect(responses.map(({ status }) => status)).toEqual([404]);
      expect(asked).toHaveLength(before);
    },
  );

  it('never mean another host, whatever their path begins with', async () => {
    const request = 'GET //evil.example/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    expect((await sendRaw(gateway.base, request)).responses.map(({ status }) => status)).toEqual([200]);
    expect(asked.at(-1)?.url).toBe('//evil.example/x');
  });

  it('say that they are away, as a page to browsers and as a problem to programs', async () => {
    const alone = await startTestGateway(broker.url, { WEB_URL: 'http://127.0.0.1:1' });
    const page = await fetch(alone.base, { headers: { accept: 'text/html,*/*' } });
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '5']);
    expect(page.headers.get('content-security-policy')).toContain("style-src 'sha256-");
    expect(await page.text()).toContain('页面暂时无法显示');
    const problem = await fetch(alone.base, { headers: { accept: 'application/json' } });
    expect(await problem.json()).toMatchObject({ status: 503, code: 'service.unavailable' });
    await alone.stop();
  });

  it('do not exist without a web process', async () => {
    expect((await fetch(withoutPages.base)).status).toBe(404);
  });
});
