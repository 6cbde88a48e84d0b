import { appending, everything, keeping, type TableRights } from '#persistence';

/** What the running service may do with each of its tables. */
export const registrationsRights: TableRights = {
  stops: keeping,
  rooms: everything,
  companies: keeping,
  registrations: keeping,
  delegates: everything,
  ended_badges: appending,
  sessions: keeping,
  sign_ups: 'SELECT, INSERT, DELETE',
};
