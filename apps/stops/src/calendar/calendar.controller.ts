import { Controller } from '@nestjs/common';
import { getStopCalendar, getTourCalendar, type InputOf } from '#contracts';
import { RequestHandler } from '#messaging';
import { CalendarRepository } from './calendar.repository.js';
import { stopsCalendar } from './stop-calendar.js';

@Controller()
export class CalendarController {
  constructor(private readonly calendars: CalendarRepository) {}

  @RequestHandler(getTourCalendar)
  async ofTour({ id, lang }: InputOf<typeof getTourCalendar>) {
    return { ics: stopsCalendar(await this.calendars.feedOfTour(id), lang) };
  }

  @RequestHandler(getStopCalendar)
  async ofStop({ id, lang }: InputOf<typeof getStopCalendar>) {
    return { ics: stopsCalendar(await this.calendars.feedOfStop(id), lang) };
  }
}
