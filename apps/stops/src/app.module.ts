import { Module } from '@nestjs/common';
import { CalendarModule } from './calendar/calendar.module.js';
import { StopModule } from './stops/stop.module.js';
import { TourModule } from './tours/tour.module.js';

@Module({ imports: [TourModule, StopModule, CalendarModule] })
export class AppModule {}
