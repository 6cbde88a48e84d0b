import { Module } from '@nestjs/common';
import { CompanyProjectionController } from './companies/company-projection.controller.js';
import { CompanyProjectionRepository } from './companies/company-projection.repository.js';
import { ExchangeController } from './exchange/exchange.controller.js';
import { ExportRepository } from './exchange/export.repository.js';
import { ImportRepository } from './exchange/import.repository.js';
import { ImportRowsRepository } from './exchange/import-rows.repository.js';
import { EndedStops } from './personal-data/ended-stops.repository.js';
import { HeldSessions } from './personal-data/held-sessions.repository.js';
import { PersonalDataController } from './personal-data/personal-data.controller.js';
import { SpeakerRetention } from './personal-data/retention.service.js';
import { ReviewController } from './reviews/review.controller.js';
import { ReviewRepository } from './reviews/review.repository.js';
import { ConflictRepository } from './sessions/conflict.repository.js';
import { FollowStopRepository } from './sessions/follow-stop.repository.js';
import { SessionController } from './sessions/session.controller.js';
import { SessionRepository } from './sessions/session.repository.js';
import { SessionReadRepository } from './sessions/session-read.repository.js';
import { SessionRowsRepository } from './sessions/session-rows.repository.js';
import { StopProjectionController } from './stops/stop-projection.controller.js';
import { StopProjectionRepository } from './stops/stop-projection.repository.js';
import { ReleaseRepository } from './timetable/release.repository.js';
import { TimetableController } from './timetable/timetable.controller.js';
import { TimetableRepository } from './timetable/timetable.repository.js';

@Module({
  controllers: [
    StopProjectionController,
    CompanyProjectionController,
    SessionController,
    ReviewController,
    TimetableController,
    ExchangeController,
    PersonalDataController,
  ],
  providers: [
    StopProjectionRepository,
    CompanyProjectionRepository,
    SessionRowsRepository,
    ConflictRepository,
    FollowStopRepository,
    SessionRepository,
    SessionReadRepository,
    ReviewRepository,
    ReleaseRepository,
    TimetableRepository,
    ImportRowsRepository,
    ImportRepository,
    ExportRepository,
    HeldSessions,
    EndedStops,
    SpeakerRetention,
  ],
})
export class AppModule {}
