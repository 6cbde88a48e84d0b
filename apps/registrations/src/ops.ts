import 'reflect-metadata';
import { registrationChanged, type DataOf } from '#contracts';
import { replayable } from '#persistence';
import { runOps } from '#service';
import { registrationsDataSource } from './data-source.js';

const registrations = replayable(registrationChanged, { table: 'registrations' }, async (manager, ids) => {
  const states = (await manager.query(
    `SELECT id AS "registrationId", stop_id AS "stopId", company_id AS "companyId", status, seats, version
       FROM registrations WHERE id = ANY($1::uuid[])`,
    [ids],
  )) as DataOf<typeof registrationChanged>[];
  return states.map((state) => ({ id: state.registrationId, state }));
});

await runOps(registrationsDataSource, [registrations]);
