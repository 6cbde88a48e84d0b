import { Module } from '@nestjs/common';
import { CompanyProjectionModule } from '../companies/company-projection.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { MeetingCalendarController } from './meeting-calendar.controller.js';
import { MeetingCalendarRepository } from './meeting-calendar.repository.js';
import { MeetingCalendarService } from './meeting-calendar.service.js';

@Module({
  imports: [CompanyProjectionModule, StopProjectionModule],
  controllers: [MeetingCalendarController],
  providers: [MeetingCalendarRepository, MeetingCalendarService],
})
export class MeetingCalendarModule {}
