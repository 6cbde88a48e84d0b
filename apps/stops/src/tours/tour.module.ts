import { Module } from '@nestjs/common';
import { StopModule } from '../stops/stop.module.js';
import { UnscheduledSessions } from './unscheduled.service.js';
import { TourController } from './tour.controller.js';
import { TourRepository } from './tour.repository.js';
import { TourService } from './tour.service.js';

@Module({
  imports: [StopModule],
  controllers: [TourController],
  providers: [UnscheduledSessions, TourService, TourRepository],
  exports: [TourRepository],
})
export class TourModule {}
