import { Module } from '@nestjs/common';
import { ElsewhereModule } from '../elsewhere/elsewhere.module.js';
import { MeetingModule } from '../meetings/meeting.module.js';
import { StopChangeModule } from '../stop-changes/stop-change.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { SessionChangeController } from './session-change.controller.js';
import { SessionChangeService } from './session-change.service.js';

@Module({
  imports: [StopProjectionModule, StopChangeModule, ElsewhereModule, MeetingModule],
  controllers: [SessionChangeController],
  providers: [SessionChangeService],
})
export class SessionChangeModule {}
