import { Module } from '@nestjs/common';
import { RegistrationModule } from '../registrations/registration.module.js';
import { SeatingModule } from '../seating/seating.module.js';
import { DelegateErasure } from './delegate-erasure.service.js';
import { PersonalDataController } from './personal-data.controller.js';
import { PersonalDataExport } from './personal-data-export.service.js';
import { PersonalDataRepository } from './personal-data.repository.js';
import { RetentionJob } from './retention-job.service.js';

@Module({
  imports: [RegistrationModule, SeatingModule],
  controllers: [PersonalDataController],
  providers: [PersonalDataRepository, PersonalDataExport, DelegateErasure, RetentionJob],
})
export class PersonalDataModule {}
