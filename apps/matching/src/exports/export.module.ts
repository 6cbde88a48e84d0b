import { Module } from '@nestjs/common';
import { CompanyProjectionModule } from '../companies/company-projection.module.js';
import { ListingModule } from '../listings/listing.module.js';
import { MeetingModule } from '../meetings/meeting.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { MatchingExportController } from './export.controller.js';
import { MatchingExportService } from './export.service.js';

@Module({
  imports: [CompanyProjectionModule, ListingModule, MeetingModule, StopProjectionModule],
  controllers: [MatchingExportController],
  providers: [MatchingExportService],
})
export class MatchingExportModule {}
