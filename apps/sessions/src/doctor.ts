import 'reflect-metadata';
import { retentionSettings, runDoctor } from '#service';
import { sessionsDataSource } from './data-source.js';
import { sessionsGrants } from './grants.js';

await runDoctor({
  name: 'sessions',
  settings: retentionSettings,
  database: { dataSource: sessionsDataSource, rights: sessionsGrants },
});
