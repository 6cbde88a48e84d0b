import { Module } from '@nestjs/common';
import { SessionModule } from '../sessions/session.module.js';
import { PersonalDataController } from './personal-data.controller.js';
import { PersonalDataExport } from './personal-data-export.service.js';
import { PersonalDataRepository } from './personal-data.repository.js';
import { RetentionJob } from './retention-job.service.js';
import { SpeakerErasure } from './speaker-erasure.service.js';

@Module({
  imports: [SessionModule],
  controllers: [PersonalDataController],
  providers: [PersonalDataRepository, PersonalDataExport, SpeakerErasure, RetentionJob],
})
export class PersonalDataModule {}
