import { Module } from '@nestjs/common';
import { DelegationProjectionModule } from '../delegations/delegation-projection.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { MeetingRulesController } from './meeting-rules.controller.js';
import { MeetingRulesRepository } from './meeting-rules.repository.js';
import { MeetingRulesService } from './meeting-rules.service.js';

@Module({
  imports: [StopProjectionModule, DelegationProjectionModule],
  controllers: [MeetingRulesController],
  providers: [MeetingRulesRepository, MeetingRulesService],
  exports: [MeetingRulesRepository],
})
export class MeetingRulesModule {}
