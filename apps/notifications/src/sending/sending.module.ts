import { Module } from '@nestjs/common';
import { AddressesModule } from '../addresses/addresses.module.js';
import { LogModule } from '../log/log.module.js';
import { MailTopicModule } from '../mail-topics/mail-topic.module.js';
import { MailModule } from '../mail/mail.module.js';
import { NoticeModule } from '../notices/notice.module.js';
import { PlanningModule } from '../planning/planning.module.js';
import { RenderingModule } from '../rendering/rendering.module.js';
import { WebhookModule } from '../webhooks/webhook.module.js';
import { MailDispatcher } from './mail-dispatcher.service.js';
import { MailFailures } from './mail-failures.service.js';
import { MailWorker } from './mail-worker.service.js';

@Module({
  imports: [
    AddressesModule,
    LogModule,
    MailTopicModule,
    MailModule,
    NoticeModule,
    PlanningModule,
    RenderingModule,
    WebhookModule,
  ],
  providers: [MailDispatcher, MailFailures, MailWorker],
})
export class SendingModule {}
