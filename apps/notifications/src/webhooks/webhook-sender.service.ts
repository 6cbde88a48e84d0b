import { Injectable } from '@nestjs/common';
import type { PublicEvent } from '#contracts';
import type { Delivery, Outcome } from '#deliveries';
import { Database } from '#persistence';
import { EgressService } from '../egress/egress.service.js';
import { failureReason } from '../egress/failure-reason.js';
import { LogRepository } from '../log/log.repository.js';
import { publicEventOf } from '../log/log.service.js';
import { signedHeaders } from './signature.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import type { WebhookRecord } from './webhook.js';
import { WebhookRepository } from './webhook.repository.js';

export interface SendReport {
  /** Of the receiver's answer; null where there was none. */
  readonly status: number | null;
  /** What went wrong without an answer, in words for the owner. */
  readonly error: string | null;
}

/** Sends one message to one endpoint: checked address, fresh time, signed bytes. */
@Injectable()
export class WebhookSender {
  constructor(
    private readonly database: Database,
    private readonly webhooks: WebhookRepository,
    private readonly log: LogRepository,
    private readonly secrets: WebhookSecrets,
    private readonly egress: EgressService,
  ) {}

  /** Sends a delivery; never rejects for what the receiver does. */
  async send(webhookId: string, delivery: Delivery): Promise<{ outcome: Outcome; report: SendReport }> {
    const manager = this.database;
    const [webhook, message] = await Promise.all([
      this.webhooks.find(manager, webhookId),
      this.log.findByDelivery(manager, delivery.id),
    ]);
    if (webhook === null || message === null)
      return { outcome: { kind: 'unreachable' }, report: { status: null, error: 'was deleted meanwhile' } };
    return this.sendEvent(webhook, publicEventOf(message));
  }

  async sendEvent(
    webhook: Pick<WebhookRecord, 'id' | 'url' | 'secretGeneration' | 'previousSecretUntil'>,
    event: PublicEvent,
  ): Promise<{ outcome: Outcome; report: SendReport }> {
    const body = JSON.stringify(event);
    const now = new Date();
    try {
      const receiver = await this.egress.check(webhook.url);
      const headers = signedHeaders(this.secrets.signing(webhook, now), { id: event.id, at: now, body });
      const connection = this.egress.connect(receiver);
      const { status, retryAfterMs } = await connection.post(headers, body).finally(() => connection.close());
      const taken = status >= 200 && status < 300;
      return {
        outcome: taken ? { kind: 'delivered' } : { kind: 'answered', status, retryAfterMs },
        report: { status, error: null },
      };
    } catch (error) {
      return { outcome: { kind: 'unreachable' }, report: { status: null, error: failureReason(error) } };
    }
  }
}
