import { Module } from '@nestjs/common';
import { CompanyProjectionModule } from '../companies/company-projection.module.js';
import { DelegationProjectionModule } from '../delegations/delegation-projection.module.js';
import { InterestModule } from '../interests/interest.module.js';
import { ListingModule } from '../listings/listing.module.js';
import { MeetingModule } from '../meetings/meeting.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { SuggestionController } from './suggestion.controller.js';
import { SuggestionInputRepository } from './suggestion-input.repository.js';
import { SuggestionService } from './suggestion.service.js';

@Module({
  imports: [
    CompanyProjectionModule,
    DelegationProjectionModule,
    StopProjectionModule,
    ListingModule,
    InterestModule,
    MeetingModule,
  ],
  controllers: [SuggestionController],
  providers: [SuggestionInputRepository, SuggestionService],
})
export class SuggestionModule {}
