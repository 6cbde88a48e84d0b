import { commandLineDataSource, createDataSource, type DatabaseAddress } from '#persistence';
import { CaseReviewEntity } from './cases/case-review.entity.js';
import { CaseEntity } from './cases/case.entity.js';
import { CertificateEntity } from './certificates/certificate.entity.js';
import { CodeEntity } from './codes/code.entity.js';
import { CompanyProjectionEntity } from './companies/company-projection.entity.js';
import { FollowUpStepEntity } from './follow-ups/follow-up-step.entity.js';
import { FollowUpEntity } from './follow-ups/follow-up.entity.js';
import { MeetingOutcomeEntity } from './meeting-outcomes/meeting-outcome.entity.js';
import { MeetingProjectionEntity } from './meetings/meeting-projection.entity.js';
import { CurrentMemberEntity } from './memberships/current-member.entity.js';
import { MemberEntity } from './memberships/member.entity.js';
import { MembershipBatchEntity } from './memberships/membership-batch.entity.js';
import { SeriesCounterEntity } from './memberships/series-counter.entity.js';
import { CreateOutcomes1760000007000 } from './migrations/1760000007000-create-outcomes.js';
import { CloseEndedCertificates1760000007100 } from './migrations/1760000007100-close-ended-certificates.js';
import { IndexCertificates1760000007200 } from './migrations/1760000007200-index-certificates.js';
import { PaperEntity } from './papers/paper.entity.js';
import { CheckInProjectionEntity } from './statistics/check-in-projection.entity.js';
import { ListingProjectionEntity } from './statistics/listing-projection.entity.js';
import { RegistrationProjectionEntity } from './statistics/registration-projection.entity.js';
import { SessionProjectionEntity } from './statistics/session-projection.entity.js';
import { StopProjectionEntity } from './stops/stop-projection.entity.js';

export const outcomesDataSource = (options: DatabaseAddress) =>
  createDataSource({
    ...options,
    entities: [
      StopProjectionEntity,
      CompanyProjectionEntity,
      RegistrationProjectionEntity,
      CheckInProjectionEntity,
      SessionProjectionEntity,
      ListingProjectionEntity,
      MeetingProjectionEntity,
      MeetingOutcomeEntity,
      FollowUpEntity,
      FollowUpStepEntity,
      SeriesCounterEntity,
      MembershipBatchEntity,
      MemberEntity,
      CurrentMemberEntity,
      CaseEntity,
      CaseReviewEntity,
      PaperEntity,
      CertificateEntity,
      CodeEntity,
    ],
    migrations: [
      CreateOutcomes1760000007000,
      CloseEndedCertificates1760000007100,
      IndexCertificates1760000007200,
    ],
  });

export default commandLineDataSource(outcomesDataSource);
