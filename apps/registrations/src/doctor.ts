import 'reflect-metadata';
import { runDoctor } from '#service';
import { registrationsSettings } from './config.js';
import { registrationsDataSource } from './data-source.js';
import { registrationsGrants } from './grants.js';

await runDoctor({
  name: 'registrations',
  settings: registrationsSettings,
  database: { dataSource: registrationsDataSource, rights: registrationsGrants },
});
