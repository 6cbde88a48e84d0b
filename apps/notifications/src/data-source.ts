import { commandLineDataSource, createDataSource, type DatabaseAddress } from '#persistence';
import { AggregateEntity } from './ingest/aggregate.entity.js';
import { BotEntity } from './bots/bot.entity.js';
import { LogStateEntity } from './log/log-state.entity.js';
import { MessageEntity } from './log/message.entity.js';
import { CreateNotifications1760000005000 } from './migrations/1760000005000-create-notifications.js';
import { CreateBots1760000005200 } from './migrations/1760000005200-create-bots.js';
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
    ],
    migrations: [CreateNotifications1760000005000, CreateBots1760000005200],
  });

export default commandLineDataSource(notificationsDataSource);
