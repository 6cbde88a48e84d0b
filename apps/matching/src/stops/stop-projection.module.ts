import { Module } from '@nestjs/common';
import { StopProjectionRepository } from './stop-projection.repository.js';
import { StopProjectionService } from './stop-projection.service.js';

@Module({
  providers: [StopProjectionRepository, StopProjectionService],
  exports: [StopProjectionRepository, StopProjectionService],
})
export class StopProjectionModule {}
