import { Module } from '@nestjs/common';
import { SessionModule } from '../sessions/session.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { ReleaseRepository } from './release.repository.js';
import { ReleaseChangesService } from './release-changes.service.js';
import { ReleaseService } from './release.service.js';
import { SessionSeatsService } from './session-seats.service.js';
import { SessionViewService } from './session-view.service.js';
import { TimetableController } from './timetable.controller.js';
import { TimetableService } from './timetable.service.js';

@Module({
  imports: [StopProjectionModule, SessionModule],
  controllers: [TimetableController],
  providers: [
    ReleaseRepository,
    ReleaseService,
    ReleaseChangesService,
    TimetableService,
    SessionSeatsService,
    SessionViewService,
  ],
  exports: [ReleaseService, TimetableService],
})
export class TimetableModule {}
