import { Controller } from '@nestjs/common';
import {
  getMeetingAttendance,
  getMeetingRules,
  setMeetingAttendance,
  setMeetingRules,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { MeetingRulesService } from './meeting-rules.service.js';

@Controller()
export class MeetingRulesController {
  constructor(private readonly rules: MeetingRulesService) {}

  @RequestHandler(setMeetingRules)
  set(input: InputOf<typeof setMeetingRules>, call: CallContext) {
    return this.rules.set(call, input.stopId, input.body);
  }

  @RequestHandler(getMeetingRules)
  get(input: InputOf<typeof getMeetingRules>, call: CallContext) {
    return this.rules.get(call.caller, input.stopId);
  }

  @RequestHandler(setMeetingAttendance)
  setAttendance(input: InputOf<typeof setMeetingAttendance>, call: CallContext) {
    return this.rules.setAttendance(call, input.stopId, input.body);
  }

  @RequestHandler(getMeetingAttendance)
  getAttendance(input: InputOf<typeof getMeetingAttendance>, call: CallContext) {
    return this.rules.getAttendance(call.caller, input);
  }
}
