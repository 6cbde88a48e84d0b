import { Module } from '@nestjs/common';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { CountedEventsController } from './counted-events.controller.js';
import { CountedRowsRepository } from './counted-rows.repository.js';
import { CountsRepository } from './counts.repository.js';
import { StatisticsController } from './statistics.controller.js';
import { StatisticsService } from './statistics.service.js';

@Module({
  imports: [StopProjectionModule],
  controllers: [CountedEventsController, StatisticsController],
  providers: [CountedRowsRepository, CountsRepository, StatisticsService],
  exports: [StatisticsService],
})
export class StatisticsModule {}
