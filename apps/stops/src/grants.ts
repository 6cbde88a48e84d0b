import { noDelete, type TableGrants } from '#persistence';

/** What the running service may do with each of its tables. */
export const stopsGrants: TableGrants = { tours: noDelete, stops: noDelete };
