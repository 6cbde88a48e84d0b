import { Module } from '@nestjs/common';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { DelegationProjectionController } from './delegation-projection.controller.js';
import { DelegationProjectionRepository } from './delegation-projection.repository.js';
import { DelegationProjectionService } from './delegation-projection.service.js';

@Module({
  imports: [StopProjectionModule],
  controllers: [DelegationProjectionController],
  providers: [DelegationProjectionRepository, DelegationProjectionService],
  exports: [DelegationProjectionRepository, DelegationProjectionService],
})
export class DelegationProjectionModule {}
