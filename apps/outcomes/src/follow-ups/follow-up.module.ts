import { Module } from '@nestjs/common';
import { CompanyProjectionModule } from '../companies/company-projection.module.js';
import { MeetingProjectionModule } from '../meetings/meeting-projection.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { FollowUpController } from './follow-up.controller.js';
import { FollowUpRepository } from './follow-up.repository.js';
import { FollowUpService } from './follow-up.service.js';

@Module({
  imports: [StopProjectionModule, CompanyProjectionModule, MeetingProjectionModule],
  controllers: [FollowUpController],
  providers: [FollowUpRepository, FollowUpService],
})
export class FollowUpModule {}
