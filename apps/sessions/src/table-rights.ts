import { appending, keeping, type TableRights } from '#persistence';

/** What the running service may do with each of its tables. */
export const sessionsRights: TableRights = {
  stops: keeping,
  companies: keeping,
  sessions: keeping,
  speaker_bookings: 'SELECT, INSERT, DELETE',
  reviews: keeping,
  timetable_releases: appending,
  // An entry says for good where its session came from.
  imported_entries: appending,
};
