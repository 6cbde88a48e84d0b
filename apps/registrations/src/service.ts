import { full, insertOnly, noDelete, type TableGrants } from '#persistence';
import type { ServiceDefinition } from '#service';
import { registrationsSettings } from './config.js';
import { registrationsDataSource } from './data-source.js';
import { replayables } from './replayables.js';

/** What the running service may do with each of its tables. */
const grants: TableGrants = {
  stops: noDelete,
  rooms: full,
  companies: noDelete,
  registrations: noDelete,
  delegates: full,
  ended_badges: insertOnly,
  sessions: noDelete,
  sign_ups: 'SELECT, INSERT, DELETE',
  departed_delegates: 'SELECT, INSERT, DELETE',
  ended_sign_ups: 'SELECT, INSERT, DELETE',
};

export const service: ServiceDefinition = {
  name: 'registrations',
  settings: registrationsSettings,
  database: {
    dataSource: registrationsDataSource,
    grants,
    replayables,
  },
  module: async () => (await import('./app.module.js')).AppModule,
};
