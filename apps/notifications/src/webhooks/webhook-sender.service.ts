import { Injectable } from '@nestjs/common';
import type { PublicEvent } from '#contracts';
import { Database } from '#persistence';
import { EgressService } from '../egress/egress.service.js';
import { LogRepository } from '../log/log.repository.js';
import { publicEventOf } from '../log/log.service.js';
import type { MessageEntity } from '../log/message.entity.js';
import { LaneSession, unreachable, type Sent } from './lane-session.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import type { WebhookRecord } from './webhook.js';
import { WebhookRepository } from './webhook.repository.js';

type Signer = Pick<WebhookRecord, 'id' | 'url' | 'secretGeneration' | 'previousSecretUntil'>;

interface OpenLane {
  readonly session: LaneSession;
  /** By delivery. */
  readonly messages: ReadonlyMap<string, MessageEntity>;
}

/** Sends messages to endpoints: checked address, fresh time, signed bytes. */
@Injectable()
export class WebhookSender {
  private readonly lanes = new Map<string, OpenLane>();

  constructor(
    private readonly database: Database,
    private readonly webhooks: WebhookRepository,
    private readonly log: LogRepository,
    private readonly secrets: WebhookSecrets,
    private readonly egress: EgressService,
  ) {}

  /** Reads what leased lanes are about to send, all at once. */
  async open(lanes: readonly { id: string; waiting: readonly { id: string }[] }[]): Promise<void> {
    if (lanes.length === 0) return;
    const [webhooks, messages] = await Promise.all([
      this.webhooks.findMany(
        this.database,
        lanes.map(({ id }) => id),
      ),
      this.log.findByDeliveries(
        this.database,
        lanes.flatMap(({ waiting }) => waiting.map(({ id }) => id)),
      ),
    ]);
    for (const webhook of webhooks) this.lanes.set(webhook.id, { session: this.session(webhook), messages });
  }

  /** Sends a delivery of an open lane; never rejects for what the receiver does. */
  async send(webhookId: string, deliveryId: string): Promise<Sent> {
    const lane = this.lanes.get(webhookId);
    const message = lane?.messages.get(deliveryId);
    if (lane === undefined || message === undefined) return unreachable('was deleted meanwhile');
    return lane.session.send(publicEventOf(message));
  }

  close(webhookId: string): void {
    this.lanes.get(webhookId)?.session.close();
    this.lanes.delete(webhookId);
  }

  /** Sends one event by itself. */
  async sendEvent(webhook: Signer, event: PublicEvent): Promise<Sent> {
    const session = this.session(webhook);
    try {
      return await session.send(event);
    } finally {
      session.close();
    }
  }

  private session(webhook: Signer): LaneSession {
    return new LaneSession(
      async () => this.egress.connect(await this.egress.check(webhook.url)),
      (now) => this.secrets.signing(webhook, now),
    );
  }
}
