import { Module } from '@nestjs/common';
import { OverlapRepository } from './overlap.repository.js';
import { ParentTourRepository } from './parent-tour.repository.js';
import { StopReader } from './stop-reader.service.js';
import { StopController } from './stop.controller.js';
import { StopRepository } from './stop.repository.js';
import { StopService } from './stop.service.js';

@Module({
  controllers: [StopController],
  providers: [StopService, StopReader, StopRepository, ParentTourRepository, OverlapRepository],
  exports: [StopService, StopRepository, OverlapRepository],
})
export class StopModule {}
