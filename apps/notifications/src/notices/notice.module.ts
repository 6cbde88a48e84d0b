import { Module } from '@nestjs/common';
import { AddressesModule } from '../addresses/addresses.module.js';
import { LogModule } from '../log/log.module.js';
import { MailModule } from '../mail/mail.module.js';
import { SettingsModule } from '../notification-settings/settings.module.js';
import { KnownStopModule } from '../stops/known-stop.module.js';
import { TemplateModule } from '../templates/template.module.js';
import { WebhookModule } from '../webhooks/webhook.module.js';
import { AnnouncementTextRepository } from './announcement-text.repository.js';
import { CalendarUidRepository } from './calendar-uid.repository.js';
import { DigestRepository } from './digest.repository.js';
import { MailDispatcher } from './mail-dispatcher.service.js';
import { MailFailures } from './mail-failures.service.js';
import { MailNews } from './mail-news.service.js';
import { MailPlanner } from './mail-planner.service.js';
import { MailQueryService } from './mail-query.service.js';
import { MailTopicRepository } from './mail-topic.repository.js';
import { MailWorker } from './mail-worker.service.js';
import { MailController } from './mail.controller.js';
import { MeetingPlanner } from './meeting-planner.service.js';
import { NoticeRenderer } from './notice-renderer.service.js';
import { NoticeWriter } from './notice-writer.service.js';
import { NoticeRepository } from './notice.repository.js';
import { OutcomePlanner } from './outcome-planner.service.js';
import { Owners } from './owners.service.js';
import { RegistrationPlanner } from './registration-planner.service.js';
import { StopPlanner } from './stop-planner.service.js';
import { TalkPlanner } from './talk-planner.service.js';

@Module({
  imports: [
    AddressesModule,
    KnownStopModule,
    LogModule,
    MailModule,
    SettingsModule,
    TemplateModule,
    WebhookModule,
  ],
  controllers: [MailController],
  providers: [
    AnnouncementTextRepository,
    CalendarUidRepository,
    DigestRepository,
    MailDispatcher,
    MailFailures,
    MailNews,
    MailPlanner,
    MailQueryService,
    MailTopicRepository,
    MailWorker,
    MeetingPlanner,
    NoticeRenderer,
    NoticeRepository,
    NoticeWriter,
    OutcomePlanner,
    Owners,
    RegistrationPlanner,
    StopPlanner,
    TalkPlanner,
  ],
  exports: [MailNews, MailQueryService, NoticeRenderer, NoticeRepository, Owners],
})
export class NoticeModule {}
