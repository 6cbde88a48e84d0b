import { Injectable } from '@nestjs/common';
import { notFound, type Localized } from '#contracts';
import { UnitOfWork } from '#persistence';
import { StopEntity } from '../stops/stop.entity.js';
import { TourEntity } from '../tours/tour.entity.js';
import type { CalendarStop, CalendarTour } from './stop-calendar.js';

interface Feed {
  name: Localized;
  tour: CalendarTour;
  stops: CalendarStop[];
}

/** What calendars show. They are subscribed without a key, so they hold what the public sees, whoever asks. */
@Injectable()
export class CalendarRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async feedOfTour(tourId: string): Promise<Feed> {
    const stops = await this.unitOfWork.dataSource.manager.find(StopEntity, {
      where: { tourId, published: true },
      order: { startsAt: 'ASC', id: 'ASC' },
    });
    if (stops.length === 0) throw notFound('tour');
    const tour = await this.tour(tourId);
    return { name: tour.name, tour, stops: stops };
  }

  async feedOfStop(id: string): Promise<Feed> {
    const stop = await this.unitOfWork.dataSource.manager.findOneBy(StopEntity, { id, published: true });
    if (stop === null) throw notFound('stop');
    return { name: stop.name, tour: await this.tour(stop.tourId), stops: [stop] };
  }

  private tour(id: string): Promise<CalendarTour> {
    return this.unitOfWork.dataSource.manager.findOneByOrFail(TourEntity, { id });
  }
}
