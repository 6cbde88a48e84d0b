import { Module } from '@nestjs/common';
import { CompanyProjectionModule } from '../companies/company-projection.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { ConflictRepository } from './conflict.repository.js';
import { ConflictService } from './conflict.service.js';
import { OccupancyRepository } from './occupancy.repository.js';
import { SessionController } from './session.controller.js';
import { SessionJournal } from './session-journal.service.js';
import { SessionQueryService } from './session-query.service.js';
import { SessionSwapService } from './session-swap.service.js';
import { SessionRepository } from './session.repository.js';
import { SessionService } from './session.service.js';

@Module({
  imports: [StopProjectionModule, CompanyProjectionModule],
  controllers: [SessionController],
  providers: [
    SessionRepository,
    SessionJournal,
    ConflictRepository,
    OccupancyRepository,
    ConflictService,
    SessionService,
    SessionSwapService,
    SessionQueryService,
  ],
  exports: [SessionRepository, SessionJournal, SessionQueryService, ConflictService, OccupancyRepository],
})
export class SessionModule {}
