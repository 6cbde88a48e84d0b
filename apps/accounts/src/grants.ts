import { full, noDelete, type TableGrants } from '#persistence';

/** What the running service may do with each of its tables. */
export const accountsGrants: TableGrants = {
  organizations: noDelete,
  companies: noDelete,
  standings: noDelete,
  // A key of the environment that comes back gets a new row in place of the one that says it ended.
  api_keys: full,
};
