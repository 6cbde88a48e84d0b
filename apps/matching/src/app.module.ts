import { Module } from '@nestjs/common';
import { CompanyProjectionModule } from './companies/company-projection.module.js';
import { DelegationChangeModule } from './delegation-changes/delegation-change.module.js';
import { MatchingExportModule } from './exports/export.module.js';
import { InterestModule } from './interests/interest.module.js';
import { ListingModule } from './listings/listing.module.js';
import { MeetingCalendarModule } from './meeting-calendar/meeting-calendar.module.js';
import { MeetingModule } from './meetings/meeting.module.js';
import { MeetingRulesModule } from './meeting-rules/meeting-rules.module.js';
import { PersonalDataModule } from './personal-data/personal-data.module.js';
import { PlanModule } from './plans/plan.module.js';
import { SessionChangeModule } from './session-changes/session-change.module.js';
import { StopChangeModule } from './stop-changes/stop-change.module.js';
import { SuggestionModule } from './suggestions/suggestion.module.js';

@Module({
  imports: [
    StopChangeModule,
    CompanyProjectionModule,
    DelegationChangeModule,
    ListingModule,
    InterestModule,
    SuggestionModule,
    MeetingRulesModule,
    MeetingModule,
    PlanModule,
    MeetingCalendarModule,
    SessionChangeModule,
    MatchingExportModule,
    PersonalDataModule,
  ],
})
export class AppModule {}
