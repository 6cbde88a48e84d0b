import 'reflect-metadata';
import { stopChanged, tourChanged } from '#contracts';
import { replayable } from '#persistence';
import { runOps } from '#service';
import { stopsDataSource } from './data-source.js';
import { StopEntity, recordOf } from './stops/stop.entity.js';
import { stateOf } from './stops/stop.js';
import { TourEntity } from './tours/tour.entity.js';
import { presentTour } from './tours/tour.js';

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

await runOps(stopsDataSource, [tours, stops]);
