import { commandLineDataSource, createDataSource, type DatabaseAddress } from '#persistence';
import { AggregateEntity } from './ingest/aggregate.entity.js';
import { BotEntity } from './bots/bot.entity.js';
import { LogStateEntity } from './log/log-state.entity.js';
import { MessageEntity } from './log/message.entity.js';
import { CreateNotifications1760000005000 } from './migrations/1760000005000-create-notifications.js';
import { CreateBots1760000005200 } from './migrations/1760000005200-create-bots.js';
import { MailTopicEntity } from './mail-topics/mail-topic.entity.js';
import { CalendarUidEntity } from './notices/calendar-uid.entity.js';
import { NoticeEntity } from './notices/notice.entity.js';
import { DigestItemEntity } from './notices/digest-item.entity.js';
import { MailStateEntity } from './sending/mail-state.entity.js';
import { SuppressionEntity } from './addresses/suppression.entity.js';
import { UnsubscribedEntity } from './addresses/unsubscribed.entity.js';
import { SettingsEntity } from './notification-settings/settings.entity.js';
import { TemplateEntity } from './templates/template.entity.js';
import { AnnouncementEntity } from './announcements/announcement.entity.js';
import { AddMail1760000005300 } from './migrations/1760000005300-add-mail.js';
import { IndexMeetingTopics1760000005400 } from './migrations/1760000005400-index-meeting-topics.js';
import { IndexAnsweringLanes1760000005500 } from './migrations/1760000005500-index-answering-lanes.js';
import { KnownStopEntity } from './stops/known-stop.entity.js';
import { DeliveryEntity } from './webhooks/delivery.entity.js';
import { LaneEntity } from './webhooks/lane.entity.js';
import { WebhookEntity } from './webhooks/webhook.entity.js';

export const notificationsDataSource = (options: DatabaseAddress) =>
  createDataSource({
    ...options,
    entities: [
      KnownStopEntity,
      AggregateEntity,
      MessageEntity,
      LogStateEntity,
      WebhookEntity,
      LaneEntity,
      DeliveryEntity,
      BotEntity,
      MailTopicEntity,
      CalendarUidEntity,
      NoticeEntity,
      DigestItemEntity,
      MailStateEntity,
      SuppressionEntity,
      UnsubscribedEntity,
      SettingsEntity,
      TemplateEntity,
      AnnouncementEntity,
    ],
    migrations: [
      CreateNotifications1760000005000,
      CreateBots1760000005200,
      AddMail1760000005300,
      IndexMeetingTopics1760000005400,
      IndexAnsweringLanes1760000005500,
    ],
  });

export default commandLineDataSource(notificationsDataSource);
