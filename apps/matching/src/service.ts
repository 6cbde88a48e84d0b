import { listingChanged, meetingChanged } from '#contracts';
import { full, noDelete, replayable, type TableGrants } from '#persistence';
import type { ServiceDefinition } from '#service';
import { matchingDataSource } from './data-source.js';
import { stateOf } from './listings/listing.js';
import { findListings } from './listings/listing.repository.js';
import { stateOf as stateOfMeeting } from './meetings/meeting.js';
import { findMeetings } from './meetings/meeting.repository.js';

/** What the running service may do with each of its tables. */
const grants: TableGrants = {
  stops: noDelete,
  companies: noDelete,
  delegations: noDelete,
  listings: noDelete,
  listing_counts: noDelete,
  interests: full,
  meeting_rules: noDelete,
  meeting_slots: full,
  meeting_tables: full,
  meeting_attendances: noDelete,
  meetings: noDelete,
  request_counts: noDelete,
  meeting_counts: noDelete,
  consents: full,
  bookings: 'SELECT, INSERT, DELETE',
  sessions: noDelete,
  sign_ups: noDelete,
  // Those that were never accepted are forgotten after a while.
  plans: full,
  calendar_feeds: noDelete,
};

const listings = replayable(listingChanged, { table: 'listings' }, async (manager, ids) => {
  const found = await findListings(manager, ids);
  return found.map((listing) => ({ id: listing.id, state: stateOf(listing) }));
});

const meetings = replayable(meetingChanged, { table: 'meetings' }, async (manager, ids) => {
  const found = await findMeetings(manager, ids);
  return found.map((meeting) => ({ id: meeting.id, state: stateOfMeeting(meeting) }));
});

export const service: ServiceDefinition = {
  name: 'matching',
  settings: {},
  findings: async () => await (await import('./plans/plan-findings.service.js')).planFindings(),
  database: { dataSource: matchingDataSource, grants, replayables: [listings, meetings] },
  module: async () => (await import('./app.module.js')).AppModule,
};
