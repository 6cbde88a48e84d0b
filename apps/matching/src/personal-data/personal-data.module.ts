import { Module } from '@nestjs/common';
import { CompanyProjectionModule } from '../companies/company-projection.module.js';
import { ListingModule } from '../listings/listing.module.js';
import { MeetingModule } from '../meetings/meeting.module.js';
import { ConsentErasureJob } from './consent-erasure-job.service.js';
import { PersonalDataController } from './personal-data.controller.js';
import { PersonalDataExport } from './personal-data-export.service.js';

@Module({
  imports: [CompanyProjectionModule, ListingModule, MeetingModule],
  controllers: [PersonalDataController],
  providers: [PersonalDataExport, ConsentErasureJob],
})
export class PersonalDataModule {}
