import { Module } from '@nestjs/common';
import { StopModule } from '../stops/stop.module.js';
import { TourModule } from '../tours/tour.module.js';
import { CalendarController } from './calendar.controller.js';
import { CalendarService } from './calendar.service.js';

@Module({
  imports: [TourModule, StopModule],
  controllers: [CalendarController],
  providers: [CalendarService],
})
export class CalendarModule {}
