import { Module } from '@nestjs/common';
import { SeatingModule } from '../seating/seating.module.js';
import { SeatMetrics } from './seat-metrics.service.js';
import { StopAccess } from './stop-access.service.js';
import { StopProjectionController } from './stop-projection.controller.js';
import { StopProjectionRepository } from './stop-projection.repository.js';
import { StopProjectionService } from './stop-projection.service.js';

@Module({
  imports: [SeatingModule],
  controllers: [StopProjectionController],
  providers: [StopProjectionRepository, StopProjectionService, StopAccess, SeatMetrics],
  exports: [StopProjectionRepository, StopProjectionService, StopAccess],
})
export class StopProjectionModule {}
