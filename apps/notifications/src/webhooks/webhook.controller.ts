import { Controller } from '@nestjs/common';
import {
  createWebhook,
  deleteWebhook,
  enableWebhook,
  getWebhook,
  listDeliveries,
  listWebhooks,
  pauseWebhook,
  redeliver,
  replayWebhook,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { DeliveryQueryService } from './delivery-query.service.js';
import { WebhookReplay } from './webhook-replay.service.js';
import { WebhookService } from './webhook.service.js';
import { WebhookTrial } from './webhook-trial.service.js';

@Controller()
export class WebhookController {
  constructor(
    private readonly webhooks: WebhookService,
    private readonly trial: WebhookTrial,
    private readonly replays: WebhookReplay,
    private readonly deliveries: DeliveryQueryService,
  ) {}

  @RequestHandler(createWebhook)
  create(input: InputOf<typeof createWebhook>, call: CallContext) {
    return this.webhooks.create(call, input);
  }

  @RequestHandler(listWebhooks)
  list(input: InputOf<typeof listWebhooks>, call: CallContext) {
    return this.webhooks.list(call.caller, input);
  }

  @RequestHandler(getWebhook)
  get(input: InputOf<typeof getWebhook>, call: CallContext) {
    return this.webhooks.get(call.caller, input.id);
  }

  @RequestHandler(updateWebhook)
  update(input: InputOf<typeof updateWebhook>, call: CallContext) {
    return this.webhooks.update(call, input);
  }

  @RequestHandler(deleteWebhook)
  delete(input: InputOf<typeof deleteWebhook>, call: CallContext) {
    return this.webhooks.delete(call, input.id);
  }

  @RequestHandler(pauseWebhook)
  pause(input: InputOf<typeof pauseWebhook>, call: CallContext) {
    return this.webhooks.move(call, input.id, 'pause');
  }

  @RequestHandler(enableWebhook)
  enable(input: InputOf<typeof enableWebhook>, call: CallContext) {
    return this.webhooks.move(call, input.id, 'enable');
  }

  @RequestHandler(rotateWebhookSecret)
  rotateSecret(input: InputOf<typeof rotateWebhookSecret>, call: CallContext) {
    return this.webhooks.rotateSecret(call, input);
  }

  @RequestHandler(testWebhook)
  test(input: InputOf<typeof testWebhook>, call: CallContext) {
    return this.trial.test(call, input);
  }

  @RequestHandler(replayWebhook)
  replay(input: InputOf<typeof replayWebhook>, call: CallContext) {
    return this.replays.replay(call, input);
  }

  @RequestHandler(listDeliveries)
  listDeliveries(input: InputOf<typeof listDeliveries>, call: CallContext) {
    return this.deliveries.list(call.caller, input);
  }

  @RequestHandler(redeliver)
  redeliver(input: InputOf<typeof redeliver>, call: CallContext) {
    return this.deliveries.redeliver(call, input);
  }
}
