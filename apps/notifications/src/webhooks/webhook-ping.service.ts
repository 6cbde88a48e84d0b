import { Injectable } from '@nestjs/common';
import { newId, type TransactionContext } from '#persistence';
import { FeedSignals } from '../log/feed-signals.service.js';
import { LogRepository } from '../log/log.repository.js';
import { DeliveryService, deliveryOf } from './delivery.service.js';
import type { WebhookOwner, WebhookRecord } from './webhook.js';

/** Asks endpoints whether they want to be ones. */
@Injectable()
export class WebhookPing {
  constructor(
    private readonly log: LogRepository,
    private readonly deliveries: DeliveryService,
    private readonly signals: FeedSignals,
  ) {}

  /** A ping goes to this endpoint alone; that it is taken activates the endpoint. */
  async enqueue(
    tx: TransactionContext,
    { id, organizationId, companyId, version }: WebhookRecord,
  ): Promise<void> {
    await this.log.lockForAppending(tx.manager);
    const [ping] = await this.log.append(tx.manager, [
      {
        id: newId(),
        type: 'webhook.ping',
        time: new Date(),
        subject: `webhook/${id}`,
        organizationId,
        companyId,
        stopId: null,
        public: false,
        data: { webhookId: id, version, href: `/v1/webhooks/${id}` },
      },
    ]);
    if (ping === undefined) throw new Error('The ping has no place in the log.');
    await this.deliveries.enqueue(tx.manager, [deliveryOf(id, ping)]);
  }

  /** To be called after the transaction that made the ping has committed. */
  send(owner: WebhookOwner): void {
    this.deliveries.wake();
    this.signals.send([{ ...owner, stopId: null, public: false }]);
  }
}
