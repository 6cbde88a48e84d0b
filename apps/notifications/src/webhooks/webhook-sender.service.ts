import { Injectable } from '@nestjs/common';
import type { PublicEvent } from '#contracts';
import { Database } from '#persistence';
import { EgressService } from '../egress/egress.service.js';
import { LogRepository } from '../log/log.repository.js';
import { publicEventOf } from '../log/log.service.js';
import type { HeadLane } from './delivery.repository.js';
import { LaneSession, unreachable, type EncodedEvent, type Sent } from './lane-session.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import type { WebhookRecord } from './webhook.js';
import { WebhookRepository } from './webhook.repository.js';

type Signer = Pick<WebhookRecord, 'id' | 'url' | 'secretGeneration' | 'previousSecretUntil'>;

interface OpenLane {
  readonly session: LaneSession;
  /** The events of its deliveries, by their messages. */
  readonly events: ReadonlyMap<string, EncodedEvent>;
  /** The messages of its deliveries, by the deliveries' ids. */
  readonly messageIds: ReadonlyMap<string, string>;
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

  /** Reads what leased lanes are about to send, all at once: lanes share what several of them send. */
  async open(lanes: readonly Pick<HeadLane, 'id' | 'messageIds'>[]): Promise<void> {
    if (lanes.length === 0) return;
    const wanted = new Set(lanes.flatMap(({ messageIds }) => [...messageIds.values()]));
    const [webhooks, messages] = await Promise.all([
      this.webhooks.findMany(
        this.database,
        lanes.map(({ id }) => id),
      ),
      this.log.findMany(this.database, [...wanted]),
    ]);
    const events = new Map(messages.map((message) => [message.id, encoded(publicEventOf(message))]));
    const signers = new Map(webhooks.map((webhook) => [webhook.id, webhook]));
    for (const { id, messageIds } of lanes) {
      const webhook = signers.get(id);
      if (webhook !== undefined) this.lanes.set(id, { session: this.session(webhook), events, messageIds });
    }
  }

  /** Sends a delivery of an open lane; never rejects for what the receiver does. */
  async send(webhookId: string, deliveryId: string): Promise<Sent> {
    const lane = this.lanes.get(webhookId);
    const event = lane?.events.get(lane.messageIds.get(deliveryId) ?? '');
    if (lane === undefined || event === undefined) return unreachable('was deleted meanwhile');
    return lane.session.send(event);
  }

  close(webhookId: string): void {
    this.lanes.get(webhookId)?.session.close();
    this.lanes.delete(webhookId);
  }

  /** Sends one event by itself. */
  async sendEvent(webhook: Signer, event: PublicEvent): Promise<Sent> {
    const session = this.session(webhook);
    try {
      return await session.send(encoded(event));
    } finally {
      session.close();
    }
  }

  private session(webhook: Signer): LaneSession {
    return new LaneSession(
      async () => this.egress.connect(await this.egress.check(webhook.url)),
      this.secrets.signing(webhook),
    );
  }
}

function encoded(event: PublicEvent): EncodedEvent {
  return { id: event.id, body: JSON.stringify(event) };
}
