import { Controller } from '@nestjs/common';
import { createCalendarFeed, exportCalendarFeed, getMeetingsCalendar, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { MeetingCalendarService } from './meeting-calendar.service.js';

@Controller()
export class MeetingCalendarController {
  constructor(private readonly calendars: MeetingCalendarService) {}

  @RequestHandler(createCalendarFeed)
  createFeed(_input: InputOf<typeof createCalendarFeed>, call: CallContext) {
    return this.calendars.createFeed(call);
  }

  @RequestHandler(exportCalendarFeed)
  async exportFeed(_input: InputOf<typeof exportCalendarFeed>, call: CallContext) {
    return { calendarFeed: await this.calendars.findFeed(call.caller) };
  }

  @RequestHandler(getMeetingsCalendar)
  get(input: InputOf<typeof getMeetingsCalendar>, call: CallContext) {
    return this.calendars.get(call.caller, input);
  }
}
