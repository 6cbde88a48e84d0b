import { Module } from '@nestjs/common';
import { CaseModule } from './cases/case.module.js';
import { CertificateModule } from './certificates/certificate.module.js';
import { CodeModule } from './codes/code.module.js';
import { CompanyProjectionModule } from './companies/company-projection.module.js';
import { DocumentModule } from './documents/document.module.js';
import { FollowUpModule } from './follow-ups/follow-up.module.js';
import { MeetingOutcomeModule } from './meeting-outcomes/meeting-outcome.module.js';
import { MeetingProjectionModule } from './meetings/meeting-projection.module.js';
import { MembershipModule } from './memberships/membership.module.js';
import { PaperModule } from './papers/paper.module.js';
import { StatisticsModule } from './statistics/statistics.module.js';
import { StopProjectionModule } from './stops/stop-projection.module.js';

@Module({
  imports: [
    StopProjectionModule,
    CompanyProjectionModule,
    MeetingProjectionModule,
    StatisticsModule,
    MeetingOutcomeModule,
    FollowUpModule,
    MembershipModule,
    CaseModule,
    PaperModule,
    CertificateModule,
    CodeModule,
    DocumentModule,
  ],
})
export class AppModule {}
