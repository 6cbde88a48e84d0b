import { Controller } from '@nestjs/common';
import { getStopCalendar, getTourCalendar, type InputOf } from '#contracts';
import { RequestHandler } from '#messaging';
import { CalendarService } from './calendar.service.js';

@Controller()
export class CalendarController {
  constructor(private readonly calendars: CalendarService) {}

  @RequestHandler(getTourCalendar)
  async ofTour({ id, ...options }: InputOf<typeof getTourCalendar>) {
    return { ics: await this.calendars.ofTour(id, options) };
  }

  @RequestHandler(getStopCalendar)
  async ofStop({ id, ...options }: InputOf<typeof getStopCalendar>) {
    return { ics: await this.calendars.ofStop(id, options) };
  }
}
