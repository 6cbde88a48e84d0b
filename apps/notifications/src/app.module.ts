import { Module } from '@nestjs/common';
import { AccountMailModule } from './account-mail/account-mail.module.js';
import { AnnouncementModule } from './announcements/announcement.module.js';
import { BotModule } from './bots/bot.module.js';
import { IngestModule } from './ingest/ingest.module.js';
import { LogModule } from './log/log.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { NoticeModule } from './notices/notice.module.js';
import { SendingModule } from './sending/sending.module.js';
import { SettingsModule } from './notification-settings/settings.module.js';
import { TemplateModule } from './templates/template.module.js';
import { WebhookModule } from './webhooks/webhook.module.js';

@Module({
  imports: [
    AccountMailModule,
    AnnouncementModule,
    LogModule,
    WebhookModule,
    BotModule,
    IngestModule,
    MetricsModule,
    NoticeModule,
    SendingModule,
    SettingsModule,
    TemplateModule,
  ],
})
export class AppModule {}
