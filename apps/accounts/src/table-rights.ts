import { everything, keeping, type TableRights } from '#persistence';

/** What the running service may do with each of its tables. */
export const accountsRights: TableRights = {
  organizations: keeping,
  companies: keeping,
  standings: keeping,
  // A key of the environment that comes back gets a new row in place of the one that says it ended.
  api_keys: everything,
};
