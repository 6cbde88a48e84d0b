import { describe, expect, it } from '@jest/globals';
import { botBody, botDraftOf, botPatch, emptyBot, type BotDraft } from './bot-draft.js';

const bot = { kind: 'feishu', language: 'zh', types: ['stop.*'], stopIds: null } as const;

describe('a draft of a chat robot', () => {
  it('becomes what the API takes, without what was left empty', () => {
    expect(botBody({ ...emptyBot('en'), url: ' https://open.feishu.cn/x ', secret: ' ' })).toEqual({
      kind: 'wecom',
      url: 'https://open.feishu.cn/x',
      language: 'en',
      types: ['registration.*'],
    });
    expect(botBody({ ...emptyBot('en'), url: 'u', secret: ' s ', stopIds: ['a'] })).toMatchObject({
      secret: 's',
      stopIds: ['a'],
    });
  });

  it.each<[string, Partial<BotDraft>, Record<string, unknown>]>([
    ['nothing', {}, {}],
    ['blanks where address and secret may stand', { url: ' ', secret: ' ' }, {}],
    ['another address', { url: ' https://open.feishu.cn/y ' }, { url: 'https://open.feishu.cn/y' }],
    ['another secret', { secret: 's2' }, { secret: 's2' }],
    ['no secret any more', { secret: 's2', isUnsigned: true }, { secret: null }],
    ['language and stops', { language: 'en', stopIds: ['a'] }, { language: 'en', stopIds: ['a'] }],
  ])('changes only what was said: %s', (_, changed, patch) => {
    expect(botPatch(bot, { ...botDraftOf(bot), ...changed })).toEqual(patch);
  });
});
