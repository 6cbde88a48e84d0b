import { commandLineDataSource, createDataSource, type DatabaseAddress } from '#persistence';
import { CompanyProjectionEntity } from './companies/company-projection.entity.js';
import { DelegationProjectionEntity } from './delegations/delegation-projection.entity.js';
import { SessionProjectionEntity } from './elsewhere/session-projection.entity.js';
import { SignUpsEntity } from './elsewhere/sign-ups.entity.js';
import { InterestEntity } from './interests/interest.entity.js';
import { ListingCountEntity } from './listings/listing-count.entity.js';
import { ListingEntity } from './listings/listing.entity.js';
import { CalendarFeedEntity } from './meeting-calendar/calendar-feed.entity.js';
import { MeetingRulesEntity } from './meeting-rules/meeting-rules.entity.js';
import { MeetingSlotEntity } from './meeting-rules/meeting-slot.entity.js';
import { MeetingTableEntity } from './meeting-rules/meeting-table.entity.js';
import { BookingEntity } from './meetings/booking.entity.js';
import { ConsentEntity } from './meetings/consent.entity.js';
import { MeetingAttendanceEntity } from './meetings/meeting-attendance.entity.js';
import { MeetingCountEntity } from './meetings/meeting-count.entity.js';
import { MeetingEntity } from './meetings/meeting.entity.js';
import { RequestCountEntity } from './meetings/request-count.entity.js';
import { PlanEntity } from './plans/plan.entity.js';
import { StopProjectionEntity } from './stops/stop-projection.entity.js';
import { CreateMeetings1760000006001 } from './migrations/1760000006001-create-meetings.js';
import { FreeSlotsOfPastMeetings1760000006004 } from './migrations/1760000006004-free-slots-of-past-meetings.js';
import { KeepLastPlaces1760000006003 } from './migrations/1760000006003-keep-last-places.js';
import { CreatePlans1760000006002 } from './migrations/1760000006002-create-plans.js';
import { CreateListings1760000006000 } from './migrations/1760000006000-create-listings.js';

export const matchingDataSource = (options: DatabaseAddress) =>
  createDataSource({
    ...options,
    entities: [
      StopProjectionEntity,
      CompanyProjectionEntity,
      DelegationProjectionEntity,
      ListingEntity,
      ListingCountEntity,
      InterestEntity,
      MeetingRulesEntity,
      MeetingSlotEntity,
      MeetingTableEntity,
      MeetingAttendanceEntity,
      MeetingEntity,
      RequestCountEntity,
      MeetingCountEntity,
      ConsentEntity,
      BookingEntity,
      SessionProjectionEntity,
      SignUpsEntity,
      PlanEntity,
      CalendarFeedEntity,
    ],
    migrations: [
      CreateListings1760000006000,
      CreateMeetings1760000006001,
      CreatePlans1760000006002,
      KeepLastPlaces1760000006003,
      FreeSlotsOfPastMeetings1760000006004,
    ],
  });

export default commandLineDataSource(matchingDataSource);
