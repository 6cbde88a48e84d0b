import { Module } from '@nestjs/common';
import { AddressesModule } from '../addresses/addresses.module.js';
import { MailTopicModule } from '../mail-topics/mail-topic.module.js';
import { SettingsModule } from '../notification-settings/settings.module.js';
import { NoticeModule } from '../notices/notice.module.js';
import { OwnersModule } from '../owners/owners.module.js';
import { MailPlanner } from './mail-planner.service.js';
import { MeetingPlanner } from './meeting-planner.service.js';
import { OutcomePlanner } from './outcome-planner.service.js';
import { RegistrationPlanner } from './registration-planner.service.js';
import { StopPlanner } from './stop-planner.service.js';
import { TalkPlanner } from './talk-planner.service.js';
import { TopicPlans } from './topic-plans.service.js';

@Module({
  imports: [AddressesModule, MailTopicModule, SettingsModule, NoticeModule, OwnersModule],
  providers: [
    MailPlanner,
    MeetingPlanner,
    OutcomePlanner,
    RegistrationPlanner,
    StopPlanner,
    TalkPlanner,
    TopicPlans,
  ],
  exports: [MailPlanner],
})
export class PlanningModule {}
