import { Module } from '@nestjs/common';
import { CompanyProjectionModule } from '../companies/company-projection.module.js';
import { RegistrationModule } from '../registrations/registration.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { ExportController } from './export.controller.js';
import { ExportService } from './export.service.js';

@Module({
  imports: [RegistrationModule, StopProjectionModule, CompanyProjectionModule],
  controllers: [ExportController],
  providers: [ExportService],
})
export class ExportModule {}
