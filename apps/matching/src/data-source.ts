import { commandLineDataSource, createDataSource, type DatabaseAddress } from '#persistence';
import { CreateMeetings1760000006001 } from './migrations/1760000006001-create-meetings.js';
import { CreateListings1760000006000 } from './migrations/1760000006000-create-listings.js';

export const matchingDataSource = (options: DatabaseAddress) =>
  createDataSource({ ...options, migrations: [CreateListings1760000006000, CreateMeetings1760000006001] });

export default commandLineDataSource(matchingDataSource);
