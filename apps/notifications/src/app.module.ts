import { Module } from '@nestjs/common';
import { AccountMailModule } from './account-mail/account-mail.module.js';
import { BotModule } from './bots/bot.module.js';
import { IngestModule } from './ingest/ingest.module.js';
import { LogModule } from './log/log.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { WebhookModule } from './webhooks/webhook.module.js';

@Module({ imports: [AccountMailModule, LogModule, WebhookModule, BotModule, IngestModule, MetricsModule] })
export class AppModule {}
