import { Module } from '@nestjs/common';
import { EgressModule } from '../egress/egress.module.js';
import { LogModule } from '../log/log.module.js';
import { DeliveryQueryService } from './delivery-query.service.js';
import { DeliveryRepository } from './delivery.repository.js';
import { DeliveryService } from './delivery.service.js';
import { LaneRepository } from './lane.repository.js';
import { LaneSettlement } from './lane-settlement.service.js';
import { WebhookChanges } from './webhook-changes.service.js';
import { WebhookLanes } from './webhook-lanes.service.js';
import { WebhookPing } from './webhook-ping.service.js';
import { WebhookReplay } from './webhook-replay.service.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { WebhookSender } from './webhook-sender.service.js';
import { WebhookController } from './webhook.controller.js';
import { WebhookRepository } from './webhook.repository.js';
import { WebhookService } from './webhook.service.js';
import { WebhookTrial } from './webhook-trial.service.js';

@Module({
  imports: [EgressModule, LogModule],
  controllers: [WebhookController],
  providers: [
    WebhookService,
    WebhookChanges,
    WebhookPing,
    WebhookTrial,
    WebhookReplay,
    WebhookRepository,
    WebhookSecrets,
    WebhookSender,
    WebhookLanes,
    LaneRepository,
    LaneSettlement,
    DeliveryService,
    DeliveryRepository,
    DeliveryQueryService,
  ],
  exports: [DeliveryService],
})
export class WebhookModule {}
