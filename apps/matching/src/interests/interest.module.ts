import { Module } from '@nestjs/common';
import { CompanyProjectionModule } from '../companies/company-projection.module.js';
import { DelegationProjectionModule } from '../delegations/delegation-projection.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { InterestController } from './interest.controller.js';
import { InterestRepository } from './interest.repository.js';
import { InterestService } from './interest.service.js';

@Module({
  imports: [CompanyProjectionModule, DelegationProjectionModule, StopProjectionModule],
  controllers: [InterestController],
  providers: [InterestRepository, InterestService],
  exports: [InterestRepository],
})
export class InterestModule {}
