import { Module } from '@nestjs/common';
import { SessionModule } from '../sessions/session.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { TimetableModule } from '../timetable/timetable.module.js';
import { ProgrammeAdjustment } from './programme-adjustment.service.js';
import { StopChangeController } from './stop-change.controller.js';
import { StopChangeService } from './stop-change.service.js';

@Module({
  imports: [StopProjectionModule, SessionModule, TimetableModule],
  controllers: [StopChangeController],
  providers: [ProgrammeAdjustment, StopChangeService],
  exports: [StopChangeService],
})
export class StopChangeModule {}
