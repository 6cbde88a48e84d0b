import { Injectable } from '@nestjs/common';
import { notFound } from '#contracts';
import { Database } from '#persistence';
import { StopRepository } from '../stops/stop.repository.js';
import { TourRepository } from '../tours/tour.repository.js';
import { stopsCalendar, type FeedOptions } from './stop-calendar.js';

/** The calendars of tours and stops. They are subscribed without a key, so everybody gets what the public sees. */
@Injectable()
export class CalendarService {
  constructor(
    private readonly database: Database,
    private readonly tours: TourRepository,
    private readonly stops: StopRepository,
  ) {}

  async ofTour(tourId: string, options: FeedOptions): Promise<string> {
    const manager = this.database;
    const stops = await this.stops.findPublished(manager, tourId);
    if (stops.length === 0) throw notFound('tour');
    const tour = await this.tours.get(manager, tourId);
    return stopsCalendar({ name: tour.name, tour, stops }, options);
  }

  async ofStop(id: string, options: FeedOptions): Promise<string> {
    const manager = this.database;
    const stop = await this.stops.find(manager, id);
    if (stop === null || !stop.published) throw notFound('stop');
    const tour = await this.tours.get(manager, stop.tourId);
    return stopsCalendar({ name: stop.name, tour, stops: [stop] }, options);
  }
}
