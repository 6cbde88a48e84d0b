import { Controller } from '@nestjs/common';
import {
  acceptMeeting,
  cancelMeeting,
  checkInMeeting,
  declineMeeting,
  getMeeting,
  getMeetingPeople,
  getMeetingStates,
  getMeetingTimes,
  listMeetings,
  recordMeetingAttendance,
  requestMeeting,
  scheduleMeeting,
  setMeetingDelegate,
  unscheduleMeeting,
  withdrawMeeting,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { MeetingPeopleService } from './meeting-people.service.js';
import { MeetingQueryService } from './meeting-query.service.js';
import { MeetingRequestService } from './meeting-request.service.js';
import { MeetingService } from './meeting.service.js';
import { SchedulingService } from './scheduling.service.js';

@Controller()
export class MeetingController {
  constructor(
    private readonly requests: MeetingRequestService,
    private readonly meetings: MeetingService,
    private readonly scheduling: SchedulingService,
    private readonly queries: MeetingQueryService,
    private readonly people: MeetingPeopleService,
  ) {}

  @RequestHandler(requestMeeting)
  request(input: InputOf<typeof requestMeeting>, call: CallContext) {
    return this.requests.request(call, input.stopId, input.body);
  }

  @RequestHandler(listMeetings)
  list(input: InputOf<typeof listMeetings>, call: CallContext) {
    return this.queries.list(call.caller, input);
  }

  @RequestHandler(getMeeting)
  get(input: InputOf<typeof getMeeting>, call: CallContext) {
    return this.queries.get(call, input.id);
  }

  @RequestHandler(getMeetingStates)
  getStates({ ids }: InputOf<typeof getMeetingStates>) {
    return this.queries.statesOf(ids);
  }

  @RequestHandler(getMeetingPeople)
  async getPeople({ ids }: InputOf<typeof getMeetingPeople>) {
    return { meetings: await this.people.find(ids) };
  }

  @RequestHandler(getMeetingTimes)
  times({ delegateIds }: InputOf<typeof getMeetingTimes>) {
    return this.queries.times(delegateIds);
  }

  @RequestHandler(acceptMeeting)
  accept({ id, body }: InputOf<typeof acceptMeeting>, call: CallContext) {
    return this.meetings.accept(call, id, body.delegateId, body.consent);
  }

  @RequestHandler(declineMeeting)
  decline({ id, body }: InputOf<typeof declineMeeting>, call: CallContext) {
    return this.meetings.move(call, id, 'decline', body.reason);
  }

  @RequestHandler(withdrawMeeting)
  withdraw({ id, body }: InputOf<typeof withdrawMeeting>, call: CallContext) {
    return this.meetings.move(call, id, 'withdraw', body.reason);
  }

  @RequestHandler(cancelMeeting)
  cancel({ id, body }: InputOf<typeof cancelMeeting>, call: CallContext) {
    return this.meetings.move(call, id, 'cancel', body.reason);
  }

  @RequestHandler(setMeetingDelegate)
  setDelegate({ id, body }: InputOf<typeof setMeetingDelegate>, call: CallContext) {
    return this.meetings.setDelegate(call, id, body.delegateId, body.consent);
  }

  @RequestHandler(scheduleMeeting)
  schedule({ id, body }: InputOf<typeof scheduleMeeting>, call: CallContext) {
    return this.scheduling.schedule(call, id, body);
  }

  @RequestHandler(unscheduleMeeting)
  unschedule({ id, body }: InputOf<typeof unscheduleMeeting>, call: CallContext) {
    return this.scheduling.unschedule(call, id, body.reason);
  }

  @RequestHandler(recordMeetingAttendance)
  record({ id, body }: InputOf<typeof recordMeetingAttendance>, call: CallContext) {
    return this.meetings.record(call, id, body);
  }

  @RequestHandler(checkInMeeting)
  checkIn({ stopId, body }: InputOf<typeof checkInMeeting>, call: CallContext) {
    return this.meetings.checkIn(call, stopId, body.badge);
  }
}
