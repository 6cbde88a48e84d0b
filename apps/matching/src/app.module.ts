import { Module } from '@nestjs/common';
import { CompanyProjectionModule } from './companies/company-projection.module.js';
import { DelegationProjectionModule } from './delegations/delegation-projection.module.js';
import { InterestModule } from './interests/interest.module.js';
import { ListingModule } from './listings/listing.module.js';
import { StopChangeModule } from './stop-changes/stop-change.module.js';
import { SuggestionModule } from './suggestions/suggestion.module.js';

@Module({
  imports: [
    StopChangeModule,
    CompanyProjectionModule,
    DelegationProjectionModule,
    ListingModule,
    InterestModule,
    SuggestionModule,
  ],
})
export class AppModule {}
