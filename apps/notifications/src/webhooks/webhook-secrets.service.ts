import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '#service';
import type { NotificationsConfig } from '../config.js';
import { signingKey } from './signature.js';
import type { WebhookRecord } from './webhook.js';

/** Derives the secrets of endpoints (HMAC-SHA-256, 256 bits), so none is stored and none can leak from a backup. */
@Injectable()
export class WebhookSecrets {
  private readonly key: KeyObject;

  constructor(@Inject(CONFIG) { WEBHOOK_SECRET: secret }: NotificationsConfig) {
    this.key = createSecretKey(Buffer.from(secret, 'hex'));
  }

  /** The secret of one generation in the form of Standard Webhooks: `whsec_` and base64. */
  of(webhookId: string, generation: number): string {
    const mac = createHmac('sha256', this.key);
    return `whsec_${mac.update(`${webhookId} ${generation}`).digest('base64')}`;
  }

  /** The keys that sign at an instant: the present one, and for a while after a rotation the one before. */
  signing({
    id,
    secretGeneration,
    previousSecretUntil,
  }: Pick<WebhookRecord, 'id' | 'secretGeneration' | 'previousSecretUntil'>): (now: Date) => KeyObject[] {
    const current = [signingKey(this.of(id, secretGeneration))];
    if (previousSecretUntil === null) return () => current;
    const both = [...current, signingKey(this.of(id, secretGeneration - 1))];
    return (now) => (previousSecretUntil > now ? both : current);
  }
}
