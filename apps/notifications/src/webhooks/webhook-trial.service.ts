import { Injectable } from '@nestjs/common';
import {
  publicEvents,
  type InputOf,
  type OutputOf,
  type PublicEventType,
  type testWebhook,
} from '#contracts';
import type { CallContext } from '#messaging';
import { newId } from '#persistence';
import { publicEventOf } from '../log/log.service.js';
import { LaneRepository } from './lane.repository.js';
import { WebhookChanges } from './webhook-changes.service.js';
import { WebhookSender } from './webhook-sender.service.js';

/** Lets owners try their endpoints. */
@Injectable()
export class WebhookTrial {
  constructor(
    private readonly changes: WebhookChanges,
    private readonly sender: WebhookSender,
    private readonly lanes: LaneRepository,
  ) {}

  /** Sends one event of a type, with sample data, and returns the result. A ping that is taken activates the endpoint. */
  async test(
    call: CallContext,
    { id, body }: InputOf<typeof testWebhook>,
  ): Promise<OutputOf<typeof testWebhook>> {
    const webhook = await this.changes.require(call.caller, id);
    await this.changes.refuseUrl(webhook.url);
    const startedAt = Date.now();
    const { outcome, report } = await this.sender.sendEvent(webhook, sampleOf(body.type as PublicEventType));
    const ms = Date.now() - startedAt;
    if (outcome.kind === 'delivered' && webhook.state === 'pending' && body.type === 'webhook.ping')
      await this.changes.run(call, id, 'webhook.activate', async (tx, pending) => {
        await this.lanes.reset(tx.manager, id);
        return { ...pending, state: pending.state === 'pending' ? 'active' : pending.state };
      });
    return { ...report, ms };
  }
}

function sampleOf(type: PublicEventType) {
  return publicEventOf({
    id: newId(),
    type,
    time: new Date(),
    subject: 'example/example',
    organizationId: null,
    companyId: null,
    stopId: null,
    public: false,
    data: publicEvents[type].example,
  });
}
