import 'reflect-metadata';
import { runDoctor } from '#service';
import { stopsDataSource } from './data-source.js';
import { stopsRights } from './table-rights.js';

await runDoctor({
  name: 'stops',
  settings: {},
  database: { dataSource: stopsDataSource, rights: stopsRights },
});
