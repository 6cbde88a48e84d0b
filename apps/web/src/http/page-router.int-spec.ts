import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { createLogger, readConfig } from '#service';
import { webSettings } from '../config.js';
import { startWeb, type Web } from '../start-web.js';
import { StubApi, aStop, aTimetable, aTour, list, seats } from '../testing/stub-api.js';

const secret = 's'.repeat(32);
let api: StubApi;
let web: Web;
let base: string;

beforeAll(async () => {
  api = new StubApi();
  const config = readConfig(webSettings, {
    API_URL: await api.start(),
    PUBLIC_URL: 'https://tour.example.org',
    WEB_SECRET: secret,
    HEALTH_PORT: '1',
    PORT: '1',
    HOST: '127.0.0.1',
    ICP_FILING: '京ICP备12345678号',
    SITE_OPERATOR: '数据协会',
  });
  web = await startWeb({ ...config, PORT: 0 }, createLogger('web', 'silent'));
  base = `http://127.0.0.1:${web.port}`;
});

afterAll(async () => {
  await web.drain();
  await api.stop();
});

beforeEach(() => {
  api.isAway = false;
  api.set('/v1/tours', list([aTour]));
  api.set('/v1/tours/t1', aTour);
  api.set('/v1/tours/t1/stops', list([aStop]));
  api.set('/v1/stops/s1', aStop);
  api.set('/v1/stops/s1/availability', seats);
  api.set('/v1/stops/s1/timetable', aTimetable);
  api.set('/v1/stops/s1/timetable/releases', list([]));
});

async function read(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${base}${path}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('public pages', () => {
  it.each([
    ['/', '数据巡回', 'zh-CN'],
    ['/en', 'Data on Tour', 'en'],
    ['/en/', 'Data on Tour', 'en'],
    ['/tours/t1', '杭州市', 'zh-CN'],
    ['/en/tours/t1', 'Hangzhou', 'en'],
    ['/stops/s1', '余 138 席', 'zh-CN'],
    ['/en/stops/s1', '138 seats left', 'en'],
    ['/stops/s1/timetable', '数据标注', 'zh-CN'],
    ['/stops/s1/print', '示例甲 (甲公司)', 'zh-CN'],
    ['/help', '怎样报名', 'zh-CN'],
    ['/en/privacy', 'Controller: 数据协会', 'en'],
    ['/en/accessibility', 'WCAG 2.2', 'en'],
    ['/verify', '核验编号', 'zh-CN'],
    ['/en/verify/ABC', 'does not verify codes at present', 'en'],
    ['/stops/s1/results', '这里还没有成果统计', 'zh-CN'],
  ])('%s is whole in its HTML', async (path, words, lang) => {
    const { status, text, headers } = await read(path);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain(words);
    expect(text).toContain(`<html lang="${lang}">`);
    if (!path.endsWith('/print')) expect(text).toContain('京ICP备12345678号');
  });

  it('name each other in both languages, and themselves for cards', async () => {
    const { text } = await read('/en/stops/s1');
    expect(text).toContain('<link rel="canonical" href="https://tour.example.org/en/stops/s1"/>');
    expect(text).toContain('hrefLang="zh-CN" href="https://tour.example.org/stops/s1"');
    expect(text).toContain('<meta property="og:url" content="https://tour.example.org/en/stops/s1"/>');
  });

  it('let nothing run that an organizer wrote, and say so by policy', async () => {
    const { text, headers } = await read('/tours/t1');
    expect(text).not.toContain('<script>alert');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(text).not.toMatch(/<[^>]+\sstyle=/);
  });

  it('allow their one block of styles by its hash', async () => {
    const { text, headers } = await read('/stops/s1/timetable');
    const { createHash } = await import('node:crypto');
    const style = /<style>(.*?)<\/style>/s.exec(text)?.[1] ?? '';
    expect(style).toContain('grid-area');
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers.get('content-security-policy')).toContain(`'sha256-${hash}'`);
  });

  it('are answered with 304 while nothing changes, and change with their data', async () => {
    const first = await read('/stops/s1');
    const etag = first.headers.get('etag') ?? '';
    expect((await read('/stops/s1', { 'if-none-match': etag })).status).toBe(304);
    api.set('/v1/stops/s1/availability', { ...seats, left: 7 });
    await wait(1_100);
    const later = await read('/stops/s1', { 'if-none-match': etag });
    expect([later.status, later.text.includes('余 7 席')]).toEqual([200, true]);
  });

  it('filter a timetable without a script', async () => {
    const { text } = await read(`/stops/s1/timetable?track=${encodeURIComponent('模型')}`);
    expect([text.includes('模型训练'), text.includes('数据标注')]).toEqual([true, false]);
  });

  it('say whose a code is, and that a made-up one is nobody’s', async () => {
    api.set('/v1/verify/CODE-1', {
      valid: false,
      kind: 'certificate',
      number: null,
      holder: '王*',
      title: { zh: '参会证书' },
      announcedAt: '2027-01-16T01:00:00Z',
      status: 'replaced',
      replacedBy: 'CODE-2',
    });
    const { text } = await read('/verify/CODE-1');
    for (const part of ['已被替换', '王*', '参会证书', '2027年1月16日', 'href="/verify/CODE-2"', 'noindex'])
      expect(text).toContain(part);
    api.set('/v1/verify/NONE', { valid: false });
    expect((await read('/en/verify?code=NONE')).text).toContain('There is no such code.');
  });

  it('show results, and small counts as such', async () => {
    const totals = { delegates: 12, sessions: 3, members: '<5', cases: '<5', papers: '<5' };
    const stage = { stage: 'registered', unit: 'companies', numerator: 6, denominator: 8 };
    const small = { stage: 'attended', unit: 'companies', numerator: '<5', denominator: 6 };
    api.set('/v1/stops/s1/results', { funnel: [stage, small], totals });
    const { text } = await read('/en/stops/s1/results');
    for (const part of ['Confirmed', '75', '&lt;5', 'Members', 'funnel-hidden']) expect(text).toContain(part);
    expect(text).toContain('href="/v1/stops/s1/results.csv"');
  });

  it('list what was announced, of the stop or of all, with links to the check of each code', async () => {
    const entry = { stopId: 's1', code: 'CODE-9', corrects: null, announcedAt: '2027-01-16T01:00:00Z' };
    const member = { id: 'm1', companyId: null, name: { zh: '示例成员' }, category: '理事单位', number: 7 };
    const batch = { id: 'b1', alliance: { zh: '示例联盟' }, series: 'S', stopId: 's1' };
    const later = { ...member, id: 'm2', number: 8, code: 'CODE-8', corrects: 'm1' };
    const elsewhere = { ...batch, id: 'b2', alliance: { zh: '别站联盟' }, stopId: null, members: [later] };
    const members = [{ ...member, code: 'CODE-7', corrects: null }];
    api.set('/v1/tours/t1/membership-batches', list([{ ...batch, members }, elsewhere]));
    const title = { zh: '示例案例' };
    api.set('/v1/tours/t1/cases', list([{ ...entry, id: 'c1', title, field: '医疗', summary: title }]));
    const paper = {
      ...entry,
      id: 'p1',
      title: { zh: '示例白皮书' },
      issuers: ['机构'],
      edition: '1',
      url: null,
    };
    api.set('/v1/tours/t1/papers', list([paper]));
    await wait(1_100);
    const { text } = await read('/stops/s1/results');
    for (const part of [
      '示例联盟',
      '示例成员',
      '理事单位',
      // The correction stands in a batch that is not of this stop.
      '已被后来的条目替代',
      'No. 7',
      'href="/verify/CODE-7"',
      '示例案例',
      '示例白皮书',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('别站联盟');
    expect((await read('/en/tours/t1/results')).text).toContain('别站联盟');
  });

  it('have figures on the line of a tour, small ones left out', async () => {
    const figures = (numerator: unknown) => [
      { stage: 'registered', unit: 'companies', numerator, denominator: 9 },
    ];
    const ofStop = (numerator: unknown) => ({
      funnel: [],
      totals: {},
      stops: [{ stopId: 's1', funnel: figures(numerator) }],
    });
    api.set('/v1/tours/t1/statistics', ofStop(8));
    await wait(1_100);
    expect((await read('/en/tours/t1')).text).toContain('8 companies');
    api.set('/v1/tours/t1/statistics', ofStop('<5'));
    await wait(1_100);
    expect((await read('/en/tours/t1')).text).not.toContain('line-figure');
  });

  it('are the door’s as well: one document that a phone can keep, and the worker that keeps it', async () => {
    const { status, text, headers } = await read('/en/door/join');
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect(text).toContain('<title>Waystop door</title>');
    expect(headers.get('content-security-policy')).toContain(
      "require-trusted-types-for 'script'; trusted-types door; style-src 'self'",
    );
    const worker = await read('/door-worker.js');
    if (worker.status === 200)
      expect(worker.text).toMatch(/^self\.doorBuild = \{"version":"[0-9a-f]{12}","files":\["\/door",/);
  });

  it('say that there is no timetable yet', async () => {
    api.answers.delete('/v1/stops/s1/timetable');
    await wait(1_100);
    expect((await read('/en/stops/s1/timetable')).text).toContain('The timetable is not out yet.');
  });

  it.each(['/stops/nothing', '/nothing', '/en/nothing', '/stops/s1/timetable?release=9'])(
    '%s is a page of its own that says so',
    async (path) => {
      if (path.includes('release')) api.answers.delete('/v1/stops/s1/timetable');
      const { status, headers, text } = await read(path);
      expect([status, headers.get('cache-control')]).toEqual([404, 'no-store']);
      expect(text).toContain(path.startsWith('/en') ? 'Page not found' : '找不到这个页面');
    },
  );

  it('show what is known while a service is away, and say since when', async () => {
    await read('/tours/t1');
    api.isAway = true;
    await wait(1_100);
    const { status, text } = await read('/tours/t1');
    expect(status).toBe(200);
    expect(text).toContain('杭州市');
    expect(text).toContain('部分服务暂时没有响应');
    expect((await read('/tours/unknown')).status).toBe(503);
  });

  it('ask the API for the reader at that address, and send it neither keys nor cookies', async () => {
    api.requests.length = 0;
    await wait(1_100);
    await read('/stops/s1', {
      'x-forwarded-for': '203.0.113.9',
      cookie: 'waystop=secret',
      authorization: 'Bearer secret',
    });
    expect(api.requests.length).toBeGreaterThan(0);
    for (const { headers } of api.requests) {
      expect(headers['x-waystop-reader']).toBe(`${secret} 203.0.113.9`);
      expect(JSON.stringify([headers.cookie, headers.authorization])).toBe('[null,null]');
    }
  });
});

describe('the application', () => {
  it.each(['/sign-in', '/en/company/stops/1/register', '/console'])(
    '%s is its one document',
    async (path) => {
      const { text, headers } = await read(path);
      const nonce = /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1];
      expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
      expect(text).toContain(`content="${nonce}"`);
      expect(headers.get('cache-control')).toBe('no-store');
      expect((await read(path)).text).not.toContain(`"${nonce}"`);
    },
  );
});

describe('files for machines', () => {
  it('lead robots to a sitemap with every page in both languages', async () => {
    expect((await read('/robots.txt')).text).toContain('Sitemap: https://tour.example.org/sitemap.xml');
    const { text, headers } = await read('/sitemap.xml');
    expect(headers.get('content-type')).toBe('application/xml; charset=utf-8');
    for (const path of ['', 'en', 'tours/t1', 'en/stops/s1', 'stops/s1/timetable'])
      expect(text).toContain(`<loc>https://tour.example.org/${path}</loc>`);
  });

  it.each(['/../package.json', '/assets/../../package.json', '/%2e%2e/package.json', '/manifest.json.map'])(
    'hold nothing beside the build: %s',
    async (path) => expect((await read(path)).status).toBe(404),
  );
});
