import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '#service';
import type { NotificationsConfig } from '../config.js';
import type { BotAddress, BotRecord } from './bot.js';
import { TextSealer } from './sealed-text.js';

/** Encrypts what robots are written to with: their URLs and secrets are credentials. */
@Injectable()
export class BotAddresses {
  private readonly sealer: TextSealer;

  constructor(@Inject(CONFIG) { WEBHOOK_SECRET: secret }: NotificationsConfig) {
    this.sealer = new TextSealer(Buffer.from(secret, 'hex'), 'addresses of chat robots');
  }

  seal(botId: string, { url, secret }: BotAddress): string {
    return this.sealer.seal(JSON.stringify({ url, secret }), botId);
  }

  open({ id, sealed }: Pick<BotRecord, 'id' | 'sealed'>): BotAddress {
    return JSON.parse(this.sealer.open(sealed, id)) as BotAddress;
  }
}
