import 'reflect-metadata';
import { runDoctor } from '#service';
import { stopsDataSource } from './data-source.js';
import { stopsGrants } from './grants.js';

await runDoctor({
  name: 'stops',
  settings: {},
  database: { dataSource: stopsDataSource, rights: stopsGrants },
});
