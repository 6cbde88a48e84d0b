import { Module } from '@nestjs/common';
import { CalendarController } from './calendar/calendar.controller.js';
import { CalendarRepository } from './calendar/calendar.repository.js';
import { OverlapRepository } from './stops/overlap.repository.js';
import { StopReadsRepository } from './stops/stop-reads.repository.js';
import { StopController } from './stops/stop.controller.js';
import { StopRepository } from './stops/stop.repository.js';
import { TourController } from './tours/tour.controller.js';
import { TourRepository } from './tours/tour.repository.js';

@Module({
  controllers: [TourController, StopController, CalendarController],
  providers: [TourRepository, StopRepository, StopReadsRepository, OverlapRepository, CalendarRepository],
})
export class AppModule {}
