import { commandLineDataSource, createDataSource, type DatabaseAddress } from '#persistence';
import { CreateStops1760000002000 } from './migrations/1760000002000-create-stops.js';
import { DescribeStops1760000002100 } from './migrations/1760000002100-describe-stops.js';
import { StopEntity } from './stops/stop.entity.js';
import { TourEntity } from './tours/tour.entity.js';

export const stopsDataSource = (options: DatabaseAddress) =>
  createDataSource({
    ...options,
    entities: [TourEntity, StopEntity],
    migrations: [CreateStops1760000002000, DescribeStops1760000002100],
  });

export default commandLineDataSource(stopsDataSource);
