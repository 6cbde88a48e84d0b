import { stopChanged, tourChanged } from '#contracts';
import { full, replayable, type TableGrants } from '#persistence';
import type { ServiceDefinition } from '#service';
import { stopsDataSource } from './data-source.js';
import { StopEntity, recordOf } from './stops/stop.entity.js';
import { stateOf } from './stops/stop.js';
import { TourEntity } from './tours/tour.entity.js';
import { presentTour } from './tours/tour.js';

/** What the running service may do with each of its tables. */
const grants: TableGrants = { tours: full, stops: full };

const tours = replayable(tourChanged, { table: 'tours' }, async (manager, ids) => {
  const found = await manager.createQueryBuilder(TourEntity, 'tour').whereInIds(ids).getMany();
  return found.map((tour) => ({ id: tour.id, state: presentTour(tour) }));
});

const stops = replayable(stopChanged, { table: 'stops' }, async (manager, ids) => {
  const found = await manager.createQueryBuilder(StopEntity, 'stop').whereInIds(ids).getMany();
  const tourIds = [...new Set(found.map((stop) => stop.tourId))];
  const of = await manager.createQueryBuilder(TourEntity, 'tour').whereInIds(tourIds).getMany();
  const travelMinutes = new Map(of.map((tour) => [tour.id, tour.speakerTravelMinutes]));
  return found.map((stop) => ({
    id: stop.id,
    state: stateOf(recordOf(stop), travelMinutes.get(stop.tourId) ?? 0),
  }));
});

export const service: ServiceDefinition = {
  name: 'stops',
  settings: {},
  database: {
    dataSource: stopsDataSource,
    grants,
    replayables: [tours, stops],
  },
  module: async () => (await import('./app.module.js')).AppModule,
};
