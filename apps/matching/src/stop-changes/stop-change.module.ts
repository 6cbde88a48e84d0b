import { Module } from '@nestjs/common';
import { ElsewhereModule } from '../elsewhere/elsewhere.module.js';
import { MeetingModule } from '../meetings/meeting.module.js';
import { MeetingRulesModule } from '../meeting-rules/meeting-rules.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { MeetingAdjustment } from './meeting-adjustment.service.js';
import { StopChangeController } from './stop-change.controller.js';
import { StopChangeService } from './stop-change.service.js';

@Module({
  imports: [StopProjectionModule, ElsewhereModule, MeetingModule, MeetingRulesModule],
  controllers: [StopChangeController],
  providers: [StopChangeService, MeetingAdjustment],
  exports: [StopChangeService],
})
export class StopChangeModule {}
