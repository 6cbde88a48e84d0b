import { Module } from '@nestjs/common';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { DelegationProjectionRepository } from './delegation-projection.repository.js';
import { DelegationProjectionService } from './delegation-projection.service.js';

@Module({
  imports: [StopProjectionModule],
  providers: [DelegationProjectionRepository, DelegationProjectionService],
  exports: [DelegationProjectionRepository, DelegationProjectionService],
})
export class DelegationProjectionModule {}
