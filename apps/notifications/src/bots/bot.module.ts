import { Module } from '@nestjs/common';
import { EgressModule } from '../egress/egress.module.js';
import { LogModule } from '../log/log.module.js';
import { BotAddresses } from './bot-addresses.service.js';
import { BotLanes } from './bot-lanes.service.js';
import { BotNames } from './bot-names.service.js';
import { BotSender } from './bot-sender.service.js';
import { BotController } from './bot.controller.js';
import { BotRepository } from './bot.repository.js';
import { BotService } from './bot.service.js';

@Module({
  imports: [EgressModule, LogModule],
  controllers: [BotController],
  providers: [BotService, BotRepository, BotAddresses, BotLanes, BotNames, BotSender],
})
export class BotModule {}
