import { Module } from '@nestjs/common';
import { IngestModule } from './ingest/ingest.module.js';
import { LogModule } from './log/log.module.js';
import { WebhookModule } from './webhooks/webhook.module.js';

@Module({ imports: [LogModule, WebhookModule, IngestModule] })
export class AppModule {}
