import { Module } from '@nestjs/common';
import { SessionModule } from '../sessions/session.module.js';
import { StopChangeModule } from '../stop-changes/stop-change.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { ImportController } from './import.controller.js';
import { ImportedScheduleRepository } from './imported-schedule.repository.js';
import { ImportRepository } from './import.repository.js';
import { ImportService } from './import.service.js';

@Module({
  imports: [StopProjectionModule, SessionModule, StopChangeModule],
  controllers: [ImportController],
  providers: [ImportRepository, ImportedScheduleRepository, ImportService],
  exports: [ImportRepository, ImportedScheduleRepository],
})
export class ImportModule {}
