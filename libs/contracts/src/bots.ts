import { z } from 'zod';
import { request } from './contract.js';
import { Id, Page, Version, line, pageOf } from './values/values.js';
import { TypePattern, maxStops, maxTypes } from './webhooks.js';

/** Robots of groups: WeCom (企业微信), DingTalk (钉钉), Feishu (飞书). */
export const botKinds = ['wecom', 'dingtalk', 'feishu'] as const;
export type BotKind = (typeof botKinds)[number];
/** `disabled`: it took nothing for five days. A change or a test that it takes makes it active again. */
export const botStates = ['active', 'disabled'] as const;
export type BotState = (typeof botStates)[number];

const languages = ['zh', 'en'] as const;
export type BotLanguage = (typeof languages)[number];

const botFields = {
  url: line(2_000).meta({
    examples: ['https://open.feishu.cn/open-apis/bot/v2/hook/019b2f5e-7c00-7000-8000-00000000bb01'],
  }),
  secret: line(200).nullish(),
  types: z.array(TypePattern).min(1).max(maxTypes),
  stopIds: z.array(Id).min(1).max(maxStops).nullish(),
  language: z.enum(languages),
};

export const Bot = z.object({
  id: z.string(),
  kind: z.enum(botKinds),
  /** Masked: anybody with the whole URL can write to the group. */
  url: z.string(),
  types: z.array(z.string()),
  stopIds: z.array(z.string()).nullable(),
  language: z.enum(languages),
  state: z.enum(botStates),
  createdAt: z.string(),
  version: Version,
});
export type Bot = z.output<typeof Bot>;

export const createBot = request('rpc.notifications.create-bot.v1', {
  input: z.strictObject({ body: z.strictObject({ kind: z.enum(botKinds), ...botFields }) }),
  output: Bot,
  errors: ['bot.host_refused', 'bot.refused'],
});

export const listBots = request('rpc.notifications.list-bots.v1', {
  input: z.strictObject(Page.shape),
  output: pageOf(Bot),
});

const oneBot = z.strictObject({ id: Id });

export const getBot = request('rpc.notifications.get-bot.v1', {
  input: oneBot,
  output: Bot,
  errors: ['resource.not_found'],
});

export const updateBot = request('rpc.notifications.update-bot.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({
      url: botFields.url.optional(),
      secret: botFields.secret,
      types: botFields.types.optional(),
      stopIds: botFields.stopIds,
      language: botFields.language.optional(),
    }),
  }),
  output: Bot,
  errors: ['resource.not_found', 'precondition.failed', 'bot.host_refused'],
});

export const deleteBot = request('rpc.notifications.delete-bot.v1', {
  input: oneBot,
  output: z.null(),
  errors: ['resource.not_found', 'precondition.failed'],
});

export const testBot = request('rpc.notifications.test-bot.v1', {
  input: oneBot,
  /** How the robot answered, and after how many milliseconds. */
  output: z.object({
    status: z.number().int().nullable(),
    ms: z.number().int(),
    error: z.string().nullable(),
  }),
  errors: ['resource.not_found', 'bot.host_refused', 'bot.refused'],
});
