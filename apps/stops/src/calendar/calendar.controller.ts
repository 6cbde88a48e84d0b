import { Controller } from '@nestjs/common';
import { getStopCalendar, getTourCalendar, type InputOf } from '#contracts';
import { RequestHandler } from '#messaging';
import { CalendarService } from './calendar.service.js';

@Controller()
export class CalendarController {
  constructor(private readonly calendars: CalendarService) {}

  @RequestHandler(getTourCalendar)
  async ofTour({ id, lang }: InputOf<typeof getTourCalendar>) {
    return { ics: await this.calendars.ofTour(id, lang) };
  }

  @RequestHandler(getStopCalendar)
  async ofStop({ id, lang }: InputOf<typeof getStopCalendar>) {
    return { ics: await this.calendars.ofStop(id, lang) };
  }
}
