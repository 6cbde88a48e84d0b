import { Module } from '@nestjs/common';
import { CompanyProjectionModule } from '../companies/company-projection.module.js';
import { SeatingModule } from '../seating/seating.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { RegistrationController } from './registration.controller.js';
import { RegistrationQueryService } from './registration-query.service.js';
import { RegistrationRepository } from './registration.repository.js';
import { RegistrationSearchRepository } from './registration-search.repository.js';
import { RegistrationService } from './registration.service.js';

@Module({
  imports: [SeatingModule, StopProjectionModule, CompanyProjectionModule],
  controllers: [RegistrationController],
  providers: [
    RegistrationRepository,
    RegistrationSearchRepository,
    RegistrationQueryService,
    RegistrationService,
  ],
  exports: [RegistrationRepository, RegistrationQueryService],
})
export class RegistrationModule {}
