import { Module } from '@nestjs/common';
import { RegistrationModule } from '../registrations/registration.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { ExportController } from './export.controller.js';
import { ExportRowsRepository } from './export-rows.repository.js';
import { ExportService } from './export.service.js';

@Module({
  imports: [RegistrationModule, StopProjectionModule],
  controllers: [ExportController],
  providers: [ExportService, ExportRowsRepository],
})
export class ExportModule {}
