import { Module } from '@nestjs/common';
import { StopProjectionController } from './stop-projection.controller.js';
import { StopProjectionRepository } from './stop-projection.repository.js';
import { StopProjectionService } from './stop-projection.service.js';

@Module({
  controllers: [StopProjectionController],
  providers: [StopProjectionRepository, StopProjectionService],
  exports: [StopProjectionService],
})
export class StopProjectionModule {}
