import { insertOnly, noDelete, type TableGrants } from '#persistence';

/** What the running service may do with each of its tables. */
export const sessionsGrants: TableGrants = {
  stops: noDelete,
  companies: noDelete,
  sessions: noDelete,
  speaker_bookings: 'SELECT, INSERT, DELETE',
  reviews: noDelete,
  timetable_releases: insertOnly,
  // An entry says for good where its session came from.
  imported_entries: insertOnly,
};
