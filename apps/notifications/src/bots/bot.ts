import type { Bot, BotKind, BotLanguage, BotState } from '#contracts';
import type { LaneState } from '#deliveries';

/** Robots of one organization at most. */
export const maxBots = 20;

/** Hosts of the three, besides those that the operator adds. */
const hosts: Readonly<Record<BotKind, readonly string[]>> = {
  wecom: ['qyapi.weixin.qq.com'],
  dingtalk: ['oapi.dingtalk.com'],
  feishu: ['open.feishu.cn', 'open.larksuite.com'],
};

/**
 * The time between two messages of a robot, in milliseconds. WeCom and DingTalk take 20 a minute, and bar a robot that
 * sends more for up to ten minutes; Feishu takes 100. At most 18, and 60, fall into any minute.
 */
const spacingsMs: Readonly<Record<BotKind, number>> = {
  wecom: Math.ceil(60_000 / 17),
  dingtalk: Math.ceil(60_000 / 17),
  feishu: Math.ceil(60_000 / 59),
};

/** A robot as it is stored. */
export interface BotRecord {
  readonly id: string;
  readonly organizationId: string;
  readonly kind: BotKind;
  /** URL and secret, encrypted. */
  readonly sealed: string;
  /** What is shown of the URL. */
  readonly maskedUrl: string;
  readonly types: string[];
  readonly stopIds: string[] | null;
  readonly language: BotLanguage;
  readonly state: BotState;
  readonly createdAt: Date;
  readonly version: number;
}

/** With which a robot can be written to. */
export interface BotAddress {
  readonly url: string;
  readonly secret: string | null;
}

export function spacingMs(kind: BotKind): number {
  return spacingsMs[kind];
}

/**
 * Whether a robot of this kind may be at a host.
 * @param added the operator's hosts, each with a port or without one
 */
export function isBotHost(kind: BotKind, { host, hostname }: URL, added: readonly string[]): boolean {
  return hosts[kind].includes(host) || added.includes(host) || added.includes(hostname);
}

/** A URL without what makes it a credential: the values of its query, and the last part of its path. */
export function maskUrl(text: string): string {
  const url = new URL(text);
  const last = url.pathname.split('/').at(-1) ?? '';
  const names = [...url.searchParams.keys()];
  const path = names.length > 0 ? url.pathname : url.pathname.slice(0, url.pathname.length - last.length);
  const query = names.map((name, place) => `${place === 0 ? '?' : '&'}${encodeURIComponent(name)}=…`);
  return `${url.origin}${path}${names.length > 0 ? query.join('') : `…${last.slice(-maskedTail)}`}`;
}

/** So many characters are left, by which its owner tells it from others. */
const maskedTail = 4;

export function stateAfter(state: BotState, lane: LaneState): BotState {
  return lane === 'active' ? state : 'disabled';
}

export function presentBot(record: BotRecord, format: (at: Date) => string): Bot {
  const { id, kind, maskedUrl, types, stopIds, language, state, createdAt, version } = record;
  return { id, kind, url: maskedUrl, types, stopIds, language, state, createdAt: format(createdAt), version };
}
