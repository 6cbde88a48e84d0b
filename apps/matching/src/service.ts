import { listingChanged } from '#contracts';
import { full, noDelete, replayable, type TableGrants } from '#persistence';
import type { ServiceDefinition } from '#service';
import { matchingDataSource } from './data-source.js';
import { stateOf } from './listings/listing.js';
import { findListings } from './listings/listing.repository.js';

/** What the running service may do with each of its tables. */
const grants: TableGrants = {
  stops: noDelete,
  companies: noDelete,
  delegations: noDelete,
  listings: noDelete,
  listing_counts: noDelete,
  interests: full,
};

const listings = replayable(listingChanged, { table: 'listings' }, async (manager, ids) => {
  const found = await findListings(manager, ids);
  return found.map((listing) => ({ id: listing.id, state: stateOf(listing) }));
});

export const service: ServiceDefinition = {
  name: 'matching',
  settings: {},
  database: { dataSource: matchingDataSource, grants, replayables: [listings] },
  module: async () => (await import('./app.module.js')).AppModule,
};
