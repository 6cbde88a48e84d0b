import { Module } from '@nestjs/common';
import { InterestModule } from '../interests/interest.module.js';
import { MeetingModule } from '../meetings/meeting.module.js';
import { MeetingRulesModule } from '../meeting-rules/meeting-rules.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { BulkPlaceRepository } from './bulk-place.repository.js';
import { PlanAcceptance } from './plan-acceptance.service.js';
import { PlanController } from './plan.controller.js';
import { PlanInputService } from './plan-input.service.js';
import { PlanJournal } from './plan-journal.service.js';
import { PlanPruneJob } from './plan-prune-job.service.js';
import { PlanRepository } from './plan.repository.js';
import { PlanRunner } from './plan-runner.service.js';
import { PlanService } from './plan.service.js';

@Module({
  imports: [StopProjectionModule, InterestModule, MeetingRulesModule, MeetingModule],
  controllers: [PlanController],
  providers: [
    PlanRepository,
    BulkPlaceRepository,
    PlanInputService,
    PlanPruneJob,
    PlanRunner,
    PlanService,
    PlanAcceptance,
    PlanJournal,
  ],
})
export class PlanModule {}
