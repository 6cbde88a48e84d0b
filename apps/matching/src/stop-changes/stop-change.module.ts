import { Module } from '@nestjs/common';
import { MeetingModule } from '../meetings/meeting.module.js';
import { MeetingRulesModule } from '../meeting-rules/meeting-rules.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { MeetingAdjustment } from './meeting-adjustment.service.js';
import { StopChangeController } from './stop-change.controller.js';
import { StopChangeService } from './stop-change.service.js';

@Module({
  imports: [StopProjectionModule, MeetingModule, MeetingRulesModule],
  controllers: [StopChangeController],
  providers: [StopChangeService, MeetingAdjustment],
})
export class StopChangeModule {}
