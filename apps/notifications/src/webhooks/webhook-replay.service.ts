import { Injectable } from '@nestjs/common';
import { Problem, type InputOf, type replayWebhook } from '#contracts';
import type { CallContext } from '#messaging';
import { UnitOfWork } from '#persistence';
import { LogRepository } from '../log/log.repository.js';
import { readerOf } from '../log/log.service.js';
import { DeliveryService, deliveryOf } from './delivery.service.js';
import { LaneRepository } from './lane.repository.js';
import { WebhookChanges, audit } from './webhook-changes.service.js';
import { takesMessages, wantsMessage } from './webhook.js';

/** Messages that are replayed in one transaction. */
const replayPage = 500;

/** Sends endpoints what they had, or should have had, before. */
@Injectable()
export class WebhookReplay {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly changes: WebhookChanges,
    private readonly lanes: LaneRepository,
    private readonly deliveries: DeliveryService,
    private readonly log: LogRepository,
  ) {}

  /** Sends again what the log holds of a time and the endpoint wants. */
  async replay(
    call: CallContext,
    { id, body }: InputOf<typeof replayWebhook>,
  ): Promise<{ messages: number }> {
    const from = new Date(body.from);
    const to = body.to === undefined ? new Date() : new Date(body.to);
    const done = await this.unitOfWork.run(call, async (tx) => {
      const webhook = await this.changes.lock(tx, call.caller, id);
      if (!takesMessages(webhook.state))
        throw new Problem('webhook.not_active', `The webhook is ${webhook.state}. Enable it first.`);
      let messages = 0;
      for (let afterSeq = '0'; ;) {
        const page = await this.log.readBetween(tx.manager, readerOf(call.caller), {
          from,
          to,
          afterSeq,
          limit: replayPage,
        });
        const wanted = page.filter((one) =>
          wantsMessage(webhook, one, webhook.companyId !== null && one.public),
        );
        messages += await this.deliveries.enqueue(
          tx.manager,
          wanted.map((message) => deliveryOf(id, message)),
        );
        if (page.length < replayPage) break;
        afterSeq = page.at(-1)?.seq ?? afterSeq;
      }
      if (webhook.state === 'paused') await this.lanes.rest(tx.manager, id);
      audit(tx, call.caller, 'webhook.replay', webhook, webhook, { from: body.from, messages });
      return { messages };
    });
    this.deliveries.wake();
    return done;
  }
}
