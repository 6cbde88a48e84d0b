import { Controller } from '@nestjs/common';
import { createCalendarFeed, getMeetingsCalendar, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { MeetingCalendarService } from './meeting-calendar.service.js';

@Controller()
export class MeetingCalendarController {
  constructor(private readonly calendars: MeetingCalendarService) {}

  @RequestHandler(createCalendarFeed)
  createFeed(_input: InputOf<typeof createCalendarFeed>, call: CallContext) {
    return this.calendars.createFeed(call);
  }

  @RequestHandler(getMeetingsCalendar)
  get(input: InputOf<typeof getMeetingsCalendar>, call: CallContext) {
    return this.calendars.get(call.caller, input);
  }
}
