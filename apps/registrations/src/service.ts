import { registrationChanged, type DataOf } from '#contracts';
import { full, insertOnly, noDelete, replayable, type TableGrants } from '#persistence';
import type { ServiceDefinition } from '#service';
import { registrationsSettings } from './config.js';
import { registrationsDataSource } from './data-source.js';

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
};

const registrations = replayable(registrationChanged, { table: 'registrations' }, async (manager, ids) => {
  const states = (await manager.query(
    `SELECT id AS "registrationId", stop_id AS "stopId", company_id AS "companyId", status, seats, version
       FROM registrations WHERE id = ANY($1::uuid[])`,
    [ids],
  )) as DataOf<typeof registrationChanged>[];
  return states.map((state) => ({ id: state.registrationId, state }));
});

export const service: ServiceDefinition = {
  name: 'registrations',
  settings: registrationsSettings,
  database: {
    dataSource: registrationsDataSource,
    grants,
    replayables: [registrations],
  },
  module: async () => (await import('./app.module.js')).AppModule,
};
