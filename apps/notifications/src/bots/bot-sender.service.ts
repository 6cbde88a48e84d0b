import { Inject, Injectable } from '@nestjs/common';
import type { Outcome } from '#deliveries';
import { CONFIG } from '#service';
import type { NotificationsConfig } from '../config.js';
import { EgressService } from '../egress/egress.service.js';
import { failureReason } from '../egress/failure-reason.js';
import { RefusedUrl, type CheckedReceiver } from '../egress/receiver-url.js';
import type { MessageEntity } from '../log/message.entity.js';
import { BotAddresses } from './bot-addresses.service.js';
import { botRequest, readBotAnswer, type BotText } from './bot-message.js';
import { BotNames } from './bot-names.service.js';
import { isBotHost, type BotRecord } from './bot.js';
import { digestLine, digestTitle, moreLine } from './digest-line.js';
import { digestOf } from './digest.js';

export interface BotReport {
  /** Of the robot's answer; null where there was none. */
  readonly status: number | null;
  /** What went wrong, in words for the owner. */
  readonly error: string | null;
}

type Sent = { outcome: Outcome; report: BotReport };

/** Writes into groups: checked host, signed request, and what the robot's answer means. */
@Injectable()
export class BotSender {
  constructor(
    private readonly names: BotNames,
    private readonly addresses: BotAddresses,
    private readonly egress: EgressService,
    @Inject(CONFIG) private readonly config: NotificationsConfig,
  ) {}

  /** @throws RefusedUrl */
  async check(kind: BotRecord['kind'], url: string): Promise<CheckedReceiver> {
    if (URL.canParse(url) && !isBotHost(kind, new URL(url), this.config.BOT_HOSTS))
      throw new RefusedUrl('must be at one of the hosts of this kind of robot');
    return this.egress.check(url);
  }

  /** Sends messages as one digest; never rejects for what the robot does. */
  async sendDigest(bot: BotRecord, messages: readonly MessageEntity[]): Promise<Sent> {
    const { language } = bot;
    const described = await this.names.describe(messages, language);
    const lines = described.map((one) => digestLine(one, language, this.config.PUBLIC_URL));
    return this.send(bot, {
      title: digestTitle(messages.length, language),
      markdown: digestOf(lines, (count) => moreLine(count, language)),
    });
  }

  async send(bot: BotRecord, text: BotText): Promise<Sent> {
    try {
      const address = this.addresses.open(bot);
      const { url, body } = botRequest(bot.kind, address, text, new Date());
      const { addresses } = await this.check(bot.kind, address.url);
      const connection = await this.egress.connect({ url: new URL(url), addresses });
      const { status, text: answer } = await connection
        .postAndRead({ 'content-type': 'application/json; charset=utf-8' }, body)
        .finally(() => connection.close());
      return sentAs(bot.kind, status, answer);
    } catch (error) {
      return {
        outcome: { kind: 'unreachable' },
        report: { status: null, error: failureReason(error) },
      };
    }
  }
}

function sentAs(kind: BotRecord['kind'], status: number, body: string): Sent {
  const answer = readBotAnswer(kind, status, body);
  switch (answer.kind) {
    case 'taken':
      return { outcome: { kind: 'delivered' }, report: { status, error: null } };
    case 'too many':
      return {
        outcome: { kind: 'answered', status: 429, retryAfterMs: answer.retryAfterMs },
        report: { status, error: 'The robot takes no more messages for a while.' },
      };
    case 'refused':
      return {
        outcome: { kind: 'answered', status: 400, retryAfterMs: null },
        report: { status, error: `The robot refused the message (${answer.code}).` },
      };
  }
}
