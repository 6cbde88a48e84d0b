import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { publicEventTypes, publicEvents } from '#contracts';
import { botRequest, readBotAnswer } from './bot-message.js';
import { isBotHost, maskUrl, spacingMs } from './bot.js';
import { digestLine } from './digest-line.js';
import { cutToBytes, digestOf, maxDigestBytes, plainName } from './digest.js';
import { TextSealer } from './sealed-text.js';

const text = { title: '标题', markdown: '内容' };

/** Computed by Python's hmac. */
describe('a signature', () => {
  it('of DingTalk has the secret as its key, and time and secret as what is signed', () => {
    const address = {
      url: 'https://oapi.dingtalk.com/robot/send?access_token=t',
      secret: 'SEC0123456789abcdef',
    };
    const { url, body } = botRequest('dingtalk', address, text, new Date(1_795_000_000_123));
    expect(url).toBe(
      `${address.url}&timestamp=1795000000123&sign=XseT%2FUQ59WWXT3h5uwwpQpHAwOZ4W9bc5LTIr9ZMAa0%3D`,
    );
    expect(JSON.parse(body)).toEqual({ msgtype: 'markdown', markdown: { title: '标题', text: '内容' } });
  });

  it('of Feishu has time and secret as its key, and nothing as what is signed', () => {
    const address = { url: 'https://open.feishu.cn/open-apis/bot/v2/hook/h', secret: 'feishu-secret' };
    const { url, body } = botRequest('feishu', address, text, new Date(1_795_000_000_999));
    expect(url).toBe(address.url);
    expect(JSON.parse(body)).toMatchObject({
      timestamp: '1795000000',
      sign: 'x6GZnm+2rSCRq528DkSFalDMoMCkR0uYTlI+58UEj8U=',
      msg_type: 'interactive',
    });
  });

  it('is left out where there is no secret, and by WeCom, which knows none', () => {
    for (const kind of ['wecom', 'dingtalk', 'feishu'] as const) {
      const secret = kind === 'wecom' ? 'x' : null;
      const { url, body } = botRequest(kind, { url: 'https://example.com/a', secret }, text, new Date());
      expect([url, body]).toEqual(['https://example.com/a', expect.not.stringContaining('sign')]);
    }
  });
});

describe('an answer', () => {
  it.each([
    ['wecom', 200, '{"errcode":0,"errmsg":"ok"}', { kind: 'taken' }],
    ['wecom', 200, '{"errcode":45009}', { kind: 'too many', retryAfterMs: 60_000 }],
    ['wecom', 200, '{"errcode":93000,"errmsg":"invalid webhook url"}', { kind: 'refused', code: '93000' }],
    ['dingtalk', 200, '{"errcode":130101}', { kind: 'too many', retryAfterMs: 600_000 }],
    ['dingtalk', 200, '{"errcode":310000}', { kind: 'refused', code: '310000' }],
    ['feishu', 200, '{"StatusCode":0,"code":0}', { kind: 'taken' }],
    ['feishu', 400, '{"code":19021}', { kind: 'refused', code: '19021' }],
    ['feishu', 200, '{"code":11232}', { kind: 'too many', retryAfterMs: 60_000 }],
    ['feishu', 429, '', { kind: 'too many', retryAfterMs: 60_000 }],
    ['feishu', 502, '<html>', { kind: 'refused', code: 'HTTP 502' }],
    ['wecom', 200, 'null', { kind: 'refused', code: 'HTTP 200' }],
  ] as const)('of %s, %i %s', (kind, status, body, meaning) => {
    expect(readBotAnswer(kind, status, body)).toEqual(meaning);
  });
});

describe('a digest', () => {
  const more = (count: number) => `- 另有 ${count} 条`;

  it('is never too long, has whole lines, and counts what it leaves out', () => {
    const lines = fc.array(
      fc.string({ unit: 'grapheme', maxLength: 300 }).map((line) => line.replaceAll('\n', ' ')),
      {
        minLength: 1,
        maxLength: 200,
      },
    );
    fc.assert(
      fc.property(lines, (given) => {
        const digest = digestOf(given, more);
        expect(Buffer.byteLength(digest)).toBeLessThanOrEqual(maxDigestBytes);
        const shown = digest.split('\n');
        if (digest === given.join('\n')) return;
        expect(shown.slice(0, -1)).toEqual(given.slice(0, shown.length - 1));
        expect(shown.at(-1)).toBe(more(given.length - shown.length + 1));
      }),
    );
  });

  it('is cut at the border of a character, if one line is too long', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(cutToBytes(family.repeat(3), 60)).toBe(`${family.repeat(2)}…`);
    expect(cutToBytes('中'.repeat(10), 12)).toBe('中中中…');
    expect(cutToBytes('中', 3)).toBe('中');
    expect(Buffer.byteLength(digestOf(['中'.repeat(5_000)], more))).toBeLessThanOrEqual(maxDigestBytes);
  });

  it('takes no name for markup', () => {
    expect(plainName('<@all> [x](https://e.example) **b**\n# `c` <at id=all></at>')).toBe(
      '＜＠all＞ ［x］（https://e.example） ＊＊b＊＊ ＃ ｀c｀ ＜at id=all＞＜/at＞',
    );
    expect([...plainName('中'.repeat(500))]).toHaveLength(61);
  });

  it('has a line for every type of event, in both languages', () => {
    for (const type of publicEventTypes) {
      const data = publicEvents[type].example;
      const about = { type, data, stop: '成都站', company: null, timeZone: 'Asia/Shanghai' };
      for (const language of ['zh', 'en'] as const)
        expect(digestLine(about, language, 'https://t.example')).toMatch(/^- \*\*.+\*\* · 成都站/);
    }
  });

  it('says when, by the clock of the stop', () => {
    const data = publicEvents['session.scheduled'].example;
    const about = {
      type: 'session.scheduled',
      data,
      stop: 'Chengdu',
      company: null,
      timeZone: 'Asia/Shanghai',
    };
    expect(digestLine(about, 'en', 'https://t.example')).toContain('16 Jan, 10:00 (Beijing time)');
  });
});

describe('a robot', () => {
  it('is within its budget: few enough in any minute', () => {
    for (const [kind, most] of [
      ['wecom', 18],
      ['dingtalk', 18],
      ['feishu', 60],
    ] as const)
      expect(Math.floor(60_000 / spacingMs(kind)) + 1).toBeLessThanOrEqual(most);
  });

  it.each([
    ['wecom', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k', true],
    ['wecom', 'https://oapi.dingtalk.com/robot/send', false],
    ['feishu', 'https://open.larksuite.com/open-apis/bot/v2/hook/h', true],
    ['feishu', 'https://open.feishu.cn:8443/open-apis', false],
    ['dingtalk', 'https://OAPI.dingtalk.com/robot/send', true],
    ['dingtalk', 'http://127.0.0.1:9000/robot', true],
    ['dingtalk', 'http://127.0.0.1:9001/robot', false],
    ['dingtalk', 'https://robots.example.org:8443/robot', true],
  ] as const)('of %s may be at %s: %j', (kind, url, may) => {
    expect(isBotHost(kind, new URL(url), ['127.0.0.1:9000', 'robots.example.org'])).toBe(may);
  });

  it.each([
    [
      'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6',
      'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…',
    ],
    ['https://h.example/robot/send?access_token=a&x=b', 'https://h.example/robot/send?access_token=…&x=…'],
    [
      'https://open.feishu.cn/open-apis/bot/v2/hook/019b-bb01',
      'https://open.feishu.cn/open-apis/bot/v2/hook/……bb01',
    ],
  ])('shows %s masked', (url, masked) => {
    expect(maskUrl(url)).toBe(masked.replace('……', '…'));
  });
});

describe('a sealed text', () => {
  const sealer = new TextSealer(Buffer.alloc(32, 1), 'robots');

  it('is opened again by its owner, and looks different each time', () => {
    const [one, other] = [
      sealer.seal('https://e.example/秘密', 'a'),
      sealer.seal('https://e.example/秘密', 'a'),
    ];
    expect(one).not.toBe(other);
    expect([sealer.open(one, 'a'), sealer.open(other, 'a')]).toEqual(Array(2).fill('https://e.example/秘密'));
  });

  it('can’t be opened for another row, with another key, for another purpose, or once changed', () => {
    const sealed = sealer.seal('text', 'a');
    const changed = Buffer.from(sealed, 'base64');
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    for (const open of [
      () => sealer.open(sealed, 'b'),
      () => new TextSealer(Buffer.alloc(32, 2), 'robots').open(sealed, 'a'),
      () => new TextSealer(Buffer.alloc(32, 1), 'other').open(sealed, 'a'),
      () => sealer.open(changed.toString('base64'), 'a'),
    ])
      expect(open).toThrow();
  });
});
