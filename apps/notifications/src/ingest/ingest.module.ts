import { Module } from '@nestjs/common';
import { LogModule } from '../log/log.module.js';
import { KnownStopModule } from '../stops/known-stop.module.js';
import { MailTopicModule } from '../mail-topics/mail-topic.module.js';
import { WebhookModule } from '../webhooks/webhook.module.js';
import { AggregateRepository } from './aggregate.repository.js';
import { IngestController } from './ingest.controller.js';
import { IngestService } from './ingest.service.js';

@Module({
  imports: [KnownStopModule, LogModule, MailTopicModule, WebhookModule],
  controllers: [IngestController],
  providers: [IngestService, AggregateRepository],
})
export class IngestModule {}
