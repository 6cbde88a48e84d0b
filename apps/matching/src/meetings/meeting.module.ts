import { Module } from '@nestjs/common';
import { DelegationProjectionModule } from '../delegations/delegation-projection.module.js';
import { InterestModule } from '../interests/interest.module.js';
import { ListingModule } from '../listings/listing.module.js';
import { MeetingRulesModule } from '../meeting-rules/meeting-rules.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { ComersService } from './comers.service.js';
import { ConsentRepository } from './consent.repository.js';
import { GiveWayService } from './give-way.service.js';
import { MeetingChanges } from './meeting-changes.service.js';
import { MeetingController } from './meeting.controller.js';
import { MeetingJournal } from './meeting-journal.service.js';
import { MeetingPeopleService } from './meeting-people.service.js';
import { MeetingQueryService } from './meeting-query.service.js';
import { MeetingRepository } from './meeting.repository.js';
import { MeetingRequestService } from './meeting-request.service.js';
import { MeetingService } from './meeting.service.js';
import { MeetingViewService } from './meeting-view.service.js';
import { PlaceRepository } from './place.repository.js';
import { SchedulingService } from './scheduling.service.js';
import { MeetingSettlingJob } from './settling-job.service.js';

@Module({
  imports: [
    StopProjectionModule,
    DelegationProjectionModule,
    ListingModule,
    InterestModule,
    MeetingRulesModule,
  ],
  controllers: [MeetingController],
  providers: [
    MeetingRepository,
    PlaceRepository,
    ConsentRepository,
    MeetingJournal,
    MeetingChanges,
    ComersService,
    MeetingViewService,
    MeetingPeopleService,
    MeetingQueryService,
    MeetingRequestService,
    MeetingService,
    SchedulingService,
    GiveWayService,
    MeetingSettlingJob,
  ],
  exports: [
    MeetingRepository,
    MeetingJournal,
    MeetingChanges,
    GiveWayService,
    ComersService,
    SchedulingService,
    PlaceRepository,
    MeetingViewService,
    ConsentRepository,
  ],
})
export class MeetingModule {}
