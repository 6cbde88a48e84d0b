import { insertOnly, full, noDelete, type TableGrants } from '#persistence';

/** What the running service may do with each of its tables. */
export const registrationsGrants: TableGrants = {
  stops: noDelete,
  rooms: full,
  companies: noDelete,
  registrations: noDelete,
  delegates: full,
  ended_badges: insertOnly,
  sessions: noDelete,
  sign_ups: 'SELECT, INSERT, DELETE',
};
