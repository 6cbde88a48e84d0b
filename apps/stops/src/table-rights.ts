import { keeping, type TableRights } from '#persistence';

/** What the running service may do with each of its tables. */
export const stopsRights: TableRights = { tours: keeping, stops: keeping };
