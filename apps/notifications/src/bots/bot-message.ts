import { createHmac } from 'node:crypto';
import type { BotKind } from '#contracts';
import type { BotAddress } from './bot.js';

/** A request to a robot. */
export interface BotRequest {
  readonly url: string;
  readonly body: string;
}

/** What a robot's answer means. */
export type BotAnswer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'too many'; readonly retryAfterMs: number };

export interface BotText {
  readonly title: string;
  readonly markdown: string;
}

/** Makes the request that writes a text into the group. */
export function botRequest(kind: BotKind, address: BotAddress, text: BotText, now: Date): BotRequest {
  switch (kind) {
    case 'wecom':
      return wecomRequest(address, text);
    case 'dingtalk':
      return dingtalkRequest(address, text, now);
    case 'feishu':
      return feishuRequest(address, text, now);
  }
}

/** https://developer.work.weixin.qq.com/document/path/91770: the key in the URL is all that it asks for. */
function wecomRequest({ url }: BotAddress, { markdown }: BotText): BotRequest {
  return { url, body: JSON.stringify({ msgtype: 'markdown', markdown: { content: markdown } }) };
}

/** https://open.dingtalk.com/document/robots/customize-robot-security-settings: the key of the HMAC is the secret. */
function dingtalkRequest({ url, secret }: BotAddress, { title, markdown }: BotText, now: Date): BotRequest {
  const body = JSON.stringify({ msgtype: 'markdown', markdown: { title, text: markdown } });
  if (secret === null) return { url, body };
  const timestamp = String(now.getTime());
  const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
  const mark = url.includes('?') ? '&' : '?';
  return { url: `${url}${mark}timestamp=${timestamp}&sign=${encodeURIComponent(sign)}`, body };
}

/**
 * https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: time and secret are the key of the HMAC, and what is
 * signed is empty.
 */
function feishuRequest({ url, secret }: BotAddress, { title, markdown }: BotText, now: Date): BotRequest {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const signed =
    secret === null
      ? {}
      : { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') };
  const card = {
    header: { title: { tag: 'plain_text', content: title } },
    elements: [{ tag: 'markdown', content: markdown }],
  };
  return { url, body: JSON.stringify({ ...signed, msg_type: 'interactive', card }) };
}

const minuteMs = 60_000;

/** How long each leaves a robot alone that sent too much, by the code of its answer. */
const tooMany: Readonly<Record<BotKind, Readonly<Record<string, number>>>> = {
  wecom: { 45009: minuteMs, 45033: minuteMs },
  dingtalk: { 130101: 10 * minuteMs, 410100: 10 * minuteMs },
  feishu: { 11232: minuteMs, 9499: minuteMs, 99991400: minuteMs },
};

/** Reads an answer: all three say 200 to everything, and whether they took it in a code in the body. */
export function readBotAnswer(kind: BotKind, status: number, body: string): BotAnswer {
  if (status === 429) return { kind: 'too many', retryAfterMs: minuteMs };
  const code = codeOf(body);
  const retryAfterMs = tooMany[kind][code ?? ''];
  if (retryAfterMs !== undefined) return { kind: 'too many', retryAfterMs };
  if (status >= 200 && status < 300 && code === '0') return { kind: 'taken' };
  return { kind: 'refused', code: code ?? `HTTP ${status}` };
}

/** `errcode` of WeCom and DingTalk, `code` of Feishu (once `StatusCode`). */
function codeOf(body: string): string | undefined {
  try {
    const answer = JSON.parse(body) as Record<string, unknown> | null;
    const code = answer?.['errcode'] ?? answer?.['code'] ?? answer?.['StatusCode'];
    return typeof code === 'number' || typeof code === 'string' ? String(code).slice(0, 20) : undefined;
  } catch {
    return undefined;
  }
}
