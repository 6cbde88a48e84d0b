import { Injectable } from '@nestjs/common';
import type { PublicEvent } from '#contracts';
import { Database } from '#persistence';
import { EgressService } from '../egress/egress.service.js';
import { LogRepository } from '../log/log.repository.js';
import { publicEventOf } from '../log/log.service.js';
import type { HeadLane } from './lane.repository.js';
import { LaneSession, unreachable, type EncodedEvent, type Sent } from './lane-session.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import type { WebhookRecord } from './webhook.js';
import { WebhookRepository } from './webhook.repository.js';

type Signer = Pick<WebhookRecord, 'id' | 'url' | 'secretGeneration' | 'previousSecretUntil'>;

/** A leased lane with the way to its receiver and what goes there. */
export interface OpenLane extends HeadLane {
  readonly session: LaneSession;
  /** The events of its deliveries, by their messages. */
  readonly events: ReadonlyMap<string, EncodedEvent>;
}

/** Sends messages to endpoints: checked address, fresh time, signed bytes. */
@Injectable()
export class WebhookSender {
  constructor(
    private readonly database: Database,
    private readonly webhooks: WebhookRepository,
    private readonly log: LogRepository,
    private readonly secrets: WebhookSecrets,
    private readonly egress: EgressService,
  ) {}

  /**
   * Reads what leased lanes are about to send, all at once: lanes share what several of them send. An endpoint that was
   * deleted meanwhile is left out.
   */
  async open(lanes: readonly HeadLane[]): Promise<OpenLane[]> {
    if (lanes.length === 0) return [];
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
    return lanes.flatMap((lane) => {
      const webhook = signers.get(lane.id);
      return webhook === undefined ? [] : [{ ...lane, events, session: this.session(webhook) }];
    });
  }

  /** Sends a delivery of an open lane; never rejects for what the receiver does. */
  async send({ session, events, messageIds }: OpenLane, deliveryId: string): Promise<Sent> {
    const event = events.get(messageIds.get(deliveryId) ?? '');
    return event === undefined ? unreachable('was deleted meanwhile') : session.send(event);
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
