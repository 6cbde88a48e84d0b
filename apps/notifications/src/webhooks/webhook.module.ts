import { Module } from '@nestjs/common';
import { EgressModule } from '../egress/egress.module.js';
import { LogModule } from '../log/log.module.js';
import { DeliveryQueryService } from './delivery-query.service.js';
import { DeliveryRepository } from './delivery.repository.js';
import { DeliveryService } from './delivery.service.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { WebhookSender } from './webhook-sender.service.js';
import { WebhookController } from './webhook.controller.js';
import { WebhookRepository } from './webhook.repository.js';
import { WebhookService } from './webhook.service.js';

@Module({
  imports: [EgressModule, LogModule],
  controllers: [WebhookController],
  providers: [
    WebhookService,
    WebhookRepository,
    WebhookSecrets,
    WebhookSender,
    DeliveryService,
    DeliveryRepository,
    DeliveryQueryService,
  ],
  exports: [DeliveryService],
})
export class WebhookModule {}
