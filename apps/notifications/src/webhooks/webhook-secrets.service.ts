import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '#service';
import type { NotificationsConfig } from '../config.js';
import type { WebhookRecord } from './webhook.js';

/** Derives the secrets of endpoints (HMAC-SHA-256, 256 bits), so none is stored and none can leak from a backup. */
@Injectable()
export class WebhookSecrets {
  constructor(@Inject(CONFIG) private readonly config: NotificationsConfig) {}

  /** The secret of one generation in the form of Standard Webhooks: `whsec_` and base64. */
  of(webhookId: string, generation: number): string {
    const mac = createHmac('sha256', Buffer.from(this.config.WEBHOOK_SECRET, 'hex'));
    return `whsec_${mac.update(`${webhookId} ${generation}`).digest('base64')}`;
  }

  /** The secrets that sign now: the present one, and for a while after a rotation the one before. */
  signing(
    {
      id,
      secretGeneration,
      previousSecretUntil,
    }: Pick<WebhookRecord, 'id' | 'secretGeneration' | 'previousSecretUntil'>,
    now: Date,
  ): string[] {
    const current = this.of(id, secretGeneration);
    const overlaps = previousSecretUntil !== null && previousSecretUntil > now;
    return overlaps ? [current, this.of(id, secretGeneration - 1)] : [current];
  }
}
